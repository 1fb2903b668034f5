"""From these scenes everything that can be tapped or answered is reached; and all commands."""

from tests.authority.walk import Scene

TUESDAY = "2026-11-24 15:00"
BOTH = "author: A3 rapat koordinasi zamrud 2 jam\nA1 mengarsipkan 12 surat zamrud"
HINDERED = f"{BOTH}\nKendala: printer zamrud rusak"
FRIDAY = "2026-11-27 15:00"
AWAY = (
    "INSERT INTO absence (agency_id, employee_id, kind, starts_on, ends_on, noted_at, status, revision) "
    "SELECT agency_id, id, 'annual', '2026-11-24', '2026-12-31', '2026-11-24 00:00:00', 'confirmed', 1 "
    "FROM employee WHERE name = 'Ani Lestari'"
)
MARKS = (
    "INSERT INTO qualitymark (agency_id, employee_id, target_id, week_ends_on, mark, remark, reviewer_id, marked_at) "
    "SELECT t.agency_id, t.employee_id, t.id, '2026-11-29', 85, '', r.id, '2026-11-27 09:00:00' "
    "FROM target t, employee r, employee a WHERE a.name = 'Ani Lestari' AND t.employee_id = a.id AND t.code > 'A3' "
    "AND r.name = 'Tono Pratama'"
)


def _at(*steps: str, moment: str = TUESDAY) -> Scene:
    return Scene((moment, *steps))


SCENES = (
    _at(f"sql: {AWAY}", "superior: /cuti"),
    _at("superior: /penilaian"),
    _at("sql: UPDATE agency SET scheme = 'pp46' WHERE id = 1", "forget", "superior: /penilaian"),
    _at(HINDERED, "2026-11-24 17:00", "sweep"),
    _at("superior: /tim"),
    _at(HINDERED, "superior: /tim"),
    _at("admin: /admin"),
    _at("upload: admin"),
    _at("superior: /plh"),
    _at("sql: UPDATE agency SET confirms_absences = 1 WHERE id = 1", "author: /cuti"),
    _at("author: cuti besok"),
    _at("author: sakit besok", "author: /cuti"),
    _at("superior: /cuti"),
    _at("sql: UPDATE agency SET confirms_absences = 1 WHERE id = 1", "author: /cuti 1-3 Desember", "forget",
        "superior: /cuti"),
    _at(f"sql: {AWAY}", "forget", "author: /cuti"),
    _at("author: rapat staf sekaligus cek stok obat"),
    _at("author: verifikasi data zamrud penerima bantuan"),
    _at("author: A1 mengarsipkan surat zamrud"),
    _at(BOTH, "photo: author"),
    _at(BOTH, "2026-11-25 16:00", "sweep"),
    Scene(("2026-11-20 15:00", BOTH, "2026-11-27 07:00", "sweep", "2026-11-27 17:00", "sweep", "superior: /tim")),
    _at("author: A2 menyusun laporan evaluasi zamrud\nA4 menyusun rencana kerja", "2026-11-27 16:00", "sweep",
        moment=FRIDAY),
    _at(BOTH, "sql: UPDATE activity SET status = 'approved', output = quantity, told_at = submitted_at",
        f"sql: {MARKS}",
        "2026-11-27 17:00", "sweep", moment=FRIDAY),
    _at(BOTH, "author: /saran kopi zamrud", "2026-11-30 13:00", "sweep", "2026-12-01 13:00", "sweep"),
    _at("superior: /buka"),
    _at("author: /jeda"),
    _at("author: /bantuan"),
    _at("author: /kompetensi"),
    _at("author: /nilai", moment="2026-11-30 09:00"),
    _at(BOTH, "author: /hari_ini"),
    _at("author: /bahasa"),
    _at("author: /ingatan"),
    _at("author: /fokus"),
    _at("superior: /tonggak"),
    _at(HINDERED, "superior: /kendala"),
    _at("author: /saran"),
    _at("superior: /cakupan"),
    _at("author: /umpan_balik"),
    _at("author: /target"),
)  # fmt: skip
COMMANDS = _at(HINDERED)
"""Ani has reported, and has met an obstacle."""
