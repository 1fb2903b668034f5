"""`/admin`: people found and changed by an admin of their agency, and by nobody else."""

from datetime import date

from sqlmodel import select

from models import audit, sights
from models.absences import WAITING, Absence
from models.agencies import Agency, Unit
from models.employees import Employee
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA, SARI
from tests.stage import Phone, Stage

EVERYBODY = """\
Badan Contoh: 4 orang
Tulis sebagian nama atau NIP, atau ketuk.
✓ bergabung · ✉️ diundang · – belum diundang · 🚫 tidak terjangkau · ✕ keluar
Untuk mengimpor, kirim berkasnya (.xlsx atau .csv) ke sini.
[✓ Ani Lestari]
[✓ Budi Santoso]
[✓ Citra Dewi]
[✓ Sari Utami]
[📅 Hari libur]"""
ANIS = """\
Ani Lestari – Perencana Ahli Pertama
NIP 199001012015012001
Unit: Bidang Perencanaan
Atasan: Budi Santoso
Zona: WIB (ikut unit)
Ditanya pukul 16.00 (ikut unit)
Kartu persetujuan pukul 17.00 (ikut unit)
Sudah bergabung
[🔗 Tautan baru]
[Unit kerja] [Atasan]
[Zona] [Jam tanya] [Jam kartu]
[🗓 Tidak masuk] [Keluar …]
[‹ Semua orang]"""


async def admin(stage: Stage) -> Phone:
    """Citra, who leads another unit, looks after the agency's people."""
    await stage.change(CITRA, role="admin")
    return stage.citra


async def opened(stage: Stage, name: str) -> Phone:
    citra = await admin(stage)
    await citra.says("/admin")
    await citra.says(name)
    return citra


async def story(stage: Stage, who: int) -> list[tuple[str, object, object, object]]:
    """What was changed of a person; not who looked."""
    async with stage.database.reading() as session:
        assert (await audit.verify(session, 1)).fault is None
        return [
            (entry.act, *(entry.details.get(name) for name in ("field", "before", "after")))
            for entry in await audit.story_of(session, await stage.id_of(who))
            if entry.act not in (sights.SEEN, sights.OPENED)
        ]


@ON_SQLITE
async def test_only_an_admin_sees_it_and_only_their_agency(stage: Stage) -> None:
    assert await stage.budi.tells("/admin") == "Hanya admin instansi yang dapat melakukannya."
    citra = await admin(stage)
    async with stage.database.transaction() as session:
        session.add(Agency(id=2, code="LAIN", name="Dinas Lain"))
        await session.flush()
        session.add(Unit(id=9, agency_id=2, code="X", name="Unit Lain"))
        await session.flush()
        session.add(Employee(id=77, agency_id=2, nip="1" * 18, name="Ani Orang Lain", unit_id=9))
    assert await citra.tells("/admin") == EVERYBODY
    assert await citra.tells("ani") == ANIS
    card = await citra.last()
    data = card["reply_markup"]["inline_keyboard"][-1][0]["callback_data"]
    for forged in ("person.77", "person.999999", "unit.x", "nonsense"):
        assert await citra.taps_data(card["message_id"], data.replace("find", forged)) == (
            "Ini baru saja berubah. Beginilah keadaannya sekarang."
        )
        data = (await citra.last())["reply_markup"]["inline_keyboard"][-1][0]["callback_data"]
    for forged in ("unit.9", "superior.77", "approver.77", "zone.4", "report_at.2561", "left_on.1", "role.1"):
        await citra.taps_data(card["message_id"], data.replace("admin:", "admin_set:").replace("find", forged))
        data = (await citra.last())["reply_markup"]["inline_keyboard"][-1][0]["callback_data"]
    await stage.change(CITRA, role="")
    assert await citra.taps("Unit kerja") == "Hanya admin instansi yang dapat melakukannya."
    assert await citra.sees() == "Hanya admin instansi yang dapat melakukannya."
    assert await story(stage, ANI) == []


async def test_a_new_superior_gets_what_waits_and_it_can_be_undone(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        (await session.get_one(Agency, 1)).confirms_absences = True
        ani = (await session.exec(select(Employee).where(Employee.telegram_id == ANI))).one()
        day = date(2026, 11, 26)
        leave = {"agency_id": 1, "kind": "annual", "starts_on": day, "ends_on": day, "noted_at": stage.clock()}
        session.add(Absence(employee_id=ani.id, status=WAITING, **leave))
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    assert "Ani Lestari" in await stage.budi.reads("Menunggu persetujuan Anda")
    citra = await opened(stage, "199001")
    await citra.taps("Atasan")
    assert await citra.reads("Ani Lestari\nSiapa") == (
        "Ani Lestari\nSiapa atasannya? Ketuk, atau balas dengan nama atau NIP.\n"
        "[Tanpa siapa pun]\n[Budi Santoso]\n[Sari Utami]\n[‹ Kembali]"
    )
    assert await citra.taps("Sari Utami") == "Sudah diubah. Dapat diurungkan dalam sepuluh menit."
    assert "Atasan: Sari Utami" in await citra.reads("Ani Lestari –")
    assert await stage.ani.sees() == "Mulai sekarang laporan Anda diperiksa Sari Utami (dicatat Citra Dewi)."
    assert "Ani Lestari" not in "\n".join(await stage.budi.hears())
    await stage.minutes(1)
    assert "Ani Lestari" in await stage.sari.reads("Menunggu persetujuan Anda")
    assert await stage.sari.reads("🗓 Ani Lestari") == (
        "🗓 Ani Lestari mengajukan: cuti tahunan, Kam 26 Nov.\n1 hari kerja.\n[✅ Setujui] [❌ Tolak …]"
    )
    assert await citra.taps("↶ Urungkan: atasan (sampai 17.10)") == "Sudah diurungkan."
    assert "Atasan: Budi Santoso" in await citra.reads("Ani Lestari –")
    assert "Ani Lestari" in await stage.budi.reads("Menunggu persetujuan Anda")
    assert await stage.sari.reads("Ini bukan lagi") == "Ini bukan lagi wewenang Anda."
    assert "Ani Lestari" not in "\n".join(await stage.sari.hears())
    ids = {who: await stage.id_of(who) for who in (BUDI, SARI)}
    assert await story(stage, ANI) == [
        ("person_changed", "superior_id", ids[BUDI], ids[SARI]),
        ("person_change_undone", "superior_id", ids[SARI], ids[BUDI]),
    ]


@ON_SQLITE
async def test_undo_ends_after_ten_minutes_and_is_for_whoever_did_it(stage: Stage) -> None:
    citra = await opened(stage, "ani")
    await citra.taps("Zona")
    await citra.taps("WITA")
    assert "Zona: WITA\n" in await citra.sees()
    await stage.change(BUDI, role="admin")
    await stage.budi.says("/admin ani")
    await stage.budi.taps("✓ Ani Lestari")
    assert "Urungkan" not in await stage.budi.sees()
    await stage.minutes(11)
    assert await citra.taps("↶ Urungkan: zona (sampai 16.10)") == (
        "Sepuluh menit sudah lewat, atau sudah berubah lagi. Tidak ada yang diurungkan."
    )
    assert "Zona: WITA\n" in await citra.reads("Ani Lestari –")
    await citra.taps("Zona")
    assert await citra.taps("WITA") == "Memang sudah begitu. Tidak ada yang diubah."


@ON_SQLITE
async def test_circles_and_times_that_cannot_be(stage: Stage) -> None:
    citra = await opened(stage, "sari")
    await citra.taps("Atasan")
    card = (await citra.last())["message_id"]
    for said, answer in {
        "ani": "Ani Lestari berada di bawah Sari Utami, jadi akan melingkar. Silakan pilih orang lain.",
        "sari": "Seseorang tidak dapat menjadi atasannya sendiri. Silakan pilih orang lain.",
        "wati": "Saya tidak menemukan orang bernama “wati”. Tulis namanya atau NIP lengkap.",
    }.items():
        await citra.says(said, reply_to=card)
        assert await citra.sees() == answer
    await citra.taps("‹ Kembali")
    await citra.taps("Yang menyetujui")
    await citra.taps("Budi Santoso")
    assert "Tanpa atasan; Budi Santoso ditunjuk untuk menyetujui" in await citra.reads("Sari Utami –")
    await citra.taps("Jam tanya")
    await citra.says("05.30", reply_to=card)
    assert await citra.sees() == (
        "Saya hanya menulis sendiri antara pukul 06.00 dan 21.00. Silakan pilih jam di antaranya."
    )
    await citra.says("nanti", reply_to=card)
    assert await citra.sees() == "Saya tidak menemukan jam dalam “nanti”. Tulis misalnya 15.45."
    await citra.says("15.45")
    assert "Ditanya pukul 15.45\n" in await citra.reads("Sari Utami –")
    assert await stage.sari.sees() == "Mulai sekarang saya bertanya pukul 15.45 (dicatat Citra Dewi)."
    await citra.taps("Jam kartu")
    await citra.taps("08.00")
    assert "Kartu persetujuan pukul 08.00\n" in await citra.reads("Sari Utami –")


async def test_another_unit_proposes_plans_anew_and_takes_them_back(stage: Stage) -> None:
    citra = await opened(stage, "ani")
    await citra.taps("Unit kerja")
    card = await citra.last()
    await citra.says("umum", reply_to=card["message_id"])
    assert "Unit: Bagian Umum" in await citra.reads("Ani Lestari –")
    assert await stage.ani.sees() == "Citra Dewi mencatat bahwa Anda sekarang di Bagian Umum."
    assert (await stage.budi.sees()).startswith("Target Ani Lestari: 4 usulan")
    await citra.taps("↶ Urungkan: unit (sampai 16.10)")
    assert "Unit: Bidang Perencanaan" in await citra.reads("Ani Lestari –")
    assert await stage.budi.sees() == "✅ Tidak ada usulan target Ani Lestari yang menunggu."


@ON_SQLITE
async def test_new_links_void_the_old_ones(stage: Stage) -> None:
    old = await stage.invitation(ANI)
    citra = await opened(stage, "ani")
    await citra.taps("🔗 Tautan baru")
    said = await citra.sees()
    assert said.startswith(
        "🔗 Untuk Ani Lestari, sekali pakai, berlaku sampai 8 Des 2026. "
        "Tautan sebelumnya tidak berlaku lagi. Silakan teruskan:\nhttps://t.me/"
    )
    new = said.partition("?start=")[2]
    phone = await stage.new_person("Ani baru")
    assert "tidak berlaku" in await phone.tells(f"/start {old}")
    await phone.says(f"/start {new}")
    assert (await phone.tells("2001")).startswith("Selamat datang, Ani Lestari")
    acts = [act for act, *_ in await story(stage, ANI)]
    assert acts == ["invited", "invited", "joined"]


@ON_SQLITE
async def test_leaving_and_coming_back(stage: Stage) -> None:
    citra = await opened(stage, "budi")
    await citra.taps("Keluar …")
    await citra.taps("Sen 30 Nov")
    assert "Akan keluar; hari terakhir 30 Nov 2026" in await citra.reads("Budi Santoso –")
    assert "⚠️ 1 orang masih beratasan Budi Santoso" in await citra.sees()
    assert await stage.budi.sees() == "Dicatat Citra Dewi: hari terakhir Anda di sini Senin, 30 November 2026."
    await stage.time("2026-12-01 16:30")
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-12-01 17:00")
    assert "Ani Lestari" in await stage.sari.reads("Menunggu persetujuan Anda")
    await citra.says("/admin")
    await citra.says("budi")
    assert "Sudah keluar; hari terakhir 30 Nov 2026" in await citra.sees()
    await citra.taps("Kembali bekerja")
    assert "Sudah bergabung" in await citra.sees()
    await stage.minutes(1)
    assert "Ani Lestari" in await stage.budi.reads("Menunggu persetujuan Anda")


@ON_SQLITE
async def test_days_off_of_a_person_and_holidays(stage: Stage) -> None:
    citra = await opened(stage, "ani")
    await citra.taps("🗓 Tidak masuk")
    assert (await citra.sees()).startswith("Cuti dan ketidakhadiran Ani Lestari")
    await citra.taps("＋ Catat ketidakhadiran")
    await citra.taps("cuti tahunan")
    card = (await citra.last())["message_id"]
    await citra.says("25-26 November", reply_to=card)
    assert await stage.ani.sees() == (
        "🗓 Citra Dewi mencatat untuk Anda: cuti tahunan, Rab 25 Nov – Kam 26 Nov. Pada hari itu saya tidak bertanya."
    )
    await citra.says("/admin")
    await citra.taps("📅 Hari libur")
    await citra.taps("＋ Tambah hari libur")
    await citra.taps("Bidang Perencanaan")
    card = (await citra.last())["message_id"]
    await citra.says("27 November", reply_to=card)
    assert "titik dua" in await citra.sees()
    await citra.says("27 November: Pilkades", reply_to=card)
    assert await citra.reads("Hari libur") == (
        "Hari libur\n1. Jum 27 Nov 2026: Pilkades (Bidang Perencanaan)\n[Hapus no. 1]\n"
        "[＋ Tambah hari libur]\n[‹ Kembali]"
    )
    await stage.time("2026-11-27 16:00")
    assert not any(said.startswith("Selamat sore") for said in await stage.budi.news())
    await citra.taps("Hapus no. 1")
    await stage.time("2026-11-27 16:05")
    assert any(said.startswith("Selamat sore") for said in await stage.budi.news())
