"""Records in, records out."""

from models.reading.jsonl import read_record


def test_a_record() -> None:
    record = {
        "id": "x-1",
        "received_at": "2026-11-05T07:00:00+00:00",
        "tz": "Asia/Makassar",
        "targets": [{"code": "K1", "title": "Penataan arsip", "unit": "boks"}],
        "text": "#K1 menata arsip 5 boks jam 8 sampai 10",
    }
    assert read_record(record) == {
        "id": "x-1",
        "intent": "report",
        "activities": [
            {
                "description": "menata arsip 5 boks",
                "date": "2026-11-05",
                "start": "08:00",
                "end": "10:00",
                "minutes": 120,
                "quantity": 5,
                "unit": "boks",
                "target": "K1",
            }
        ],
    }


def test_codes_go_with_their_activities() -> None:
    def targets_of(text: str) -> list[tuple[str, str | None]]:
        targets = [{"code": "B1", "title": "Buku kas", "unit": None}, {"code": "B2", "title": "Pajak", "unit": None}]
        record = {
            "id": 1,
            "received_at": "2026-11-05T16:00:00+07:00",
            "tz": "Asia/Jakarta",
            "targets": targets,
            "text": text,
        }
        return [(a["description"], a["target"]) for a in read_record(record)["activities"]]

    assert targets_of("#B1 rekap kwitansi, #B2 setor") == [("rekap kwitansi", "B1"), ("setor", "B2")]
    assert targets_of("rekap kwitansi (B1), setor (B2)") == [("rekap kwitansi", "B1"), ("setor", "B2")]
    assert targets_of("target 2: setor\ntarget 1: rekap") == [("setor", "B2"), ("rekap", "B1")]
    assert targets_of("#B2\n- setor\n- lapor SPT") == [("setor", "B2"), ("lapor SPT", "B2")]
    assert targets_of("#B9 setor") == [("setor", None)]
