"""The sheets and their columns: how each cell is read, and which attribute of the table it fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models import office_words, workdays
from models.agencies import Agency, Unit
from models.employees import ADMIN, Employee
from models.imports import cells, numbers
from models.imports.cells import Cell
from models.targets import Target
from models.workdays import Holiday

AGENCY, UNIT, PERSON, TARGET, HOLIDAY, WORD = "instansi", "unit", "pegawai", "target", "libur", "istilah"
ABSENCE, SHIFT, HOURS = "cuti", "jadwal", "jam"

CODE, NAME, SENTENCE = cells.text(40), cells.text(150), cells.text(500)

KINDS_OF_ABSENCE = {
    "cuti": "leave",
    "cuti tahunan": "annual",
    "tahunan": "annual",
    "cuti sakit": "sick",
    "sakit": "sick",
    "cuti alasan penting": "important",
    "cuti karena alasan penting": "important",
    "alasan penting": "important",
    "cuti melahirkan": "maternity",
    "melahirkan": "maternity",
    "cuti besar": "long",
    "besar": "long",
    "cltn": "unpaid",
    "cuti di luar tanggungan negara": "unpaid",
    "dinas luar": "duty_travel",
    "perjalanan dinas": "duty_travel",
    "diklat": "training",
    "pelatihan": "training",
    "tugas belajar": "study",
    "mpp": "retirement_preparation",
    "masa persiapan pensiun": "retirement_preparation",
}
"""As personnel officers write them."""


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is the attribute the value is kept in; None for a reference, which is looked up first.

    A column with `must` has to be there and filled. Any other may be left out, which leaves what is stored alone;
    an empty cell stands for `default`.
    """

    name: str
    read: Callable[[Cell], Any]
    field: str | None = None
    must: bool = False
    default: Any = None


def _of(table: Any, name: str, read: Callable[[Cell], Any], field: str) -> Column:
    """A column that may be empty and then means the table's own default."""
    return Column(name, read, field, default=table.model_fields[field].default)


KEPT_MONTHS = 15, 240
"""No fewer: the appraisal of a year looks at its work until the spring after it."""
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    AGENCY: (
        Column("kode", CODE, "code", must=True),
        Column("nama", NAME, "name", must=True),
        _of(Agency, "zona", cells.zone, "zone"),
        _of(Agency, "hari_susulan", numbers.whole(0, 31), "backfill_days"),
        _of(Agency, "tutup_bulan", numbers.whole(1, 28), "month_close_day"),
        _of(Agency, "hari_eskalasi", numbers.whole(1, 31), "escalate_days"),
        _of(Agency, "skema", cells.choice("pp46", "permenpanrb6"), "scheme"),
        _of(Agency, "fokus", cells.yes_or_no, "asks_focus"),
        _of(Agency, "target_menunggu", cells.yes_or_no, "targets_wait"),
        _of(Agency, "konfirmasi_cuti", cells.yes_or_no, "confirms_absences"),
        _of(Agency, "jeda_hari", numbers.whole(0, 31), "mute_days"),
        _of(Agency, "simpan_kata", numbers.whole(*KEPT_MONTHS), "keep_words_months"),
        _of(Agency, "simpan_bukti", numbers.whole(*KEPT_MONTHS), "keep_files_months"),
    ),
    UNIT: (
        Column("kode", CODE, "code", must=True),
        Column("nama", NAME, "name", must=True),
        Column("induk", CODE),
        _of(Unit, "zona", cells.zone, "zone"),
        _of(Unit, "hari_kerja", numbers.whole(5, 6), "week_days"),
        _of(Unit, "jam_fokus", cells.clock, "focus_at"),
        _of(Unit, "jam_lapor", cells.clock, "report_at"),
        _of(Unit, "jam_ingat", cells.clock, "remind_at"),
        _of(Unit, "jam_atasan", cells.clock, "nudge_at"),
        _of(Unit, "jam_ringkasan", cells.clock, "summary_at"),
        _of(Unit, "hari_setuju_otomatis", numbers.whole(1, 31), "auto_approve_days"),
    ),
    PERSON: (
        Column("nip", cells.nip, "nip", must=True),
        Column("nama", NAME, "name", must=True),
        _of(Employee, "jabatan", NAME, "position"),
        Column("unit", CODE, must=True),
        Column("nip_atasan", cells.nip),
        Column("nip_penyetuju", cells.nip),
        _of(Employee, "zona", cells.zone, "zone"),
        _of(Employee, "bahasa", cells.choice("id", "en"), "language"),
        _of(Employee, "peran", cells.choice(ADMIN), "role"),
    ),
    TARGET: (
        Column("kode", CODE, "code", must=True),
        Column("nip", cells.nip),
        Column("unit", CODE),
        Column("rencana_hasil_kerja", SENTENCE, "title", must=True),
        _of(Target, "indikator", SENTENCE, "indicator"),
        Column("target", numbers.positive, "planned", must=True),
        Column("satuan", CODE, "measure", must=True),
        _of(Target, "mutu", numbers.mark, "quality"),
        _of(Target, "biaya", numbers.between(0), "cost"),
        Column("mulai", cells.day, "starts_on", must=True),
        Column("selesai", cells.day, "ends_on", must=True),
        _of(Target, "bobot", numbers.positive, "weight"),
        Column("kode_induk", CODE),
        Column("kompetensi", cells.names(100), default=()),
    ),
    HOLIDAY: (
        Column("tanggal", cells.day, "held_on", must=True),
        Column("nama", NAME, "name", must=True),
        _of(Holiday, "jenis", cells.choice(workdays.HOLIDAY, workdays.JOINT_LEAVE, workdays.WORKDAY), "kind"),
    ),
    WORD: (
        Column("kata", cells.word(office_words.WORD_AT_MOST), "word", must=True),
        Column("arti", cells.text(office_words.MEANING_AT_MOST), "meaning", must=True),
    ),
    ABSENCE: (
        Column("nip", cells.nip, must=True),
        Column("jenis", cells.one_of(KINDS_OF_ABSENCE), "kind", must=True),
        Column("mulai", cells.day, "starts_on", must=True),
        Column("selesai", cells.day, "ends_on", must=True),
        Column("nip_plh", cells.nip),
    ),
    SHIFT: (
        Column("nip", cells.nip, must=True),
        Column("tanggal", cells.day, "day", must=True),
        Column("kerja", cells.yes_or_no, "works", must=True),
        Column("jam_lapor", cells.asking_time, "report_at"),
    ),
    HOURS: (
        Column("nama", NAME, "name", must=True),
        Column("unit", CODE),
        Column("mulai", cells.day, "starts_on", must=True),
        Column("selesai", cells.day, "ends_on", must=True),
        Column("jam_fokus", cells.asking_time, "focus_at"),
        Column("jam_lapor", cells.asking_time, "report_at"),
        Column("jam_ingat", cells.asking_time, "remind_at"),
        Column("jam_atasan", cells.asking_time, "nudge_at"),
        Column("jam_ringkasan", cells.asking_time, "summary_at"),
    ),
}
"""In the order in which sheets are read and listed."""
