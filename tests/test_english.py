"""One day and one week in English: asked, answered, returned, put right, approved, marked, explained."""

from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI
from tests.stage import Stage, picture

A1 = "A1 · Pengelolaan surat masuk dan keluar"
A3 = "A3 · Fasilitasi rapat koordinasi perencanaan"
REPORT = "1. A3 coordination meeting 2 hours\n2. archived 12 letters\n3. checked beneficiary data"
CARD = f"""\
Report Tuesday, 24 November 2026

1. coordination meeting
🎯 {A3} · 2 h

2. archived 12 letters
🎯 {A1} · 12 surat

3. checked beneficiary data
🎯 {A1}
[Change] [⚠️ Obstacle] [Cancel report]"""


async def english(stage: Stage) -> None:
    await stage.change(ANI, language="en")
    await stage.change(BUDI, language="en")


@ON_SQLITE
async def test_a_day(stage: Stage) -> None:
    ani, budi = stage.ani, stage.budi
    await english(stage)
    await stage.time("2026-11-24 16:00")
    assert await ani.news() == ["Good afternoon, Ani. What did you do today?"]
    await ani.says(REPORT)
    assert (await ani.sees()).endswith(
        "3. checked beneficiary data\n"
        "no target · 📝 draft\n\n"
        "❓ Which target does no. 3, “checked beneficiary data”, serve?\n"
        f"[{A1}]\n"
        "[A2 · Penyusunan laporan evaluasi program]\n"
        "[A3 · Fasilitasi rapat koordinasi perenc…]\n"
        "[Others …] [Not a target]\n"
        "[Change] [⚠️ Obstacle] [Cancel report]"
    )
    assert await ani.taps(A1) == "Noted."
    assert await ani.sees() == CARD

    await budi.says("leadership meeting")
    await stage.time("2026-11-24 17:00")
    assert await budi.sees() == (
        "Waiting for you: one person, 3 activities\n\n"
        "Ani Lestari\n"
        "• coordination meeting · 2 h\n"
        "• archived 12 letters · 12 surat\n"
        "• checked beneficiary data\n"
        "[✅ Approve all (3)]\n"
        "[➖ All except …]\n"
        "[🔎 Check one by one]"
    )
    await budi.taps("🔎 Check one by one")
    await budi.taps("↩️ Return …")
    assert (await budi.sees()).endswith("\n\nWhich one shall go back?\n[1] [2] [3]\n[‹ Back]")
    await budi.taps("3")
    assert await budi.sees() == "What should be put right in “checked beneficiary data”? Reply to this message."
    await budi.says("Which data?", reply_to=(await budi.last())["message_id"])
    assert await budi.sees() == "Returned to Ani Lestari with your reason."
    assert await ani.sees() == "↩️ Budi Santoso returned “checked beneficiary data”:\nWhich data?\n[Put it right]"

    await ani.taps("Put it right")
    assert await ani.sees() == (
        "checked beneficiary data\n"
        f"Target: {A1}\n"
        "Serves: Perencanaan daerah yang tepat waktu\n"
        "Output and time: –\n"
        "Date: today\n"
        "Status: ↩️ returned\n"
        "Reason: Which data?\n"
        "Why this target: you chose it.\n"
        "[🎯 Target] [🔢 Count]\n"
        "[📅 Date] [🗑 Remove]\n"
        "[🔗 Join with the one before]\n"
        "[‹ Back]"
    )
    await ani.taps("🔢 Count")
    assert (await ani.sees()).startswith("checked beneficiary data\nHow many surat? Tap, or type a number.\n")
    await ani.says("40")
    assert await ani.reads("Report") == CARD.replace(f"data\n🎯 {A1}", f"data\n🎯 {A1} · 40 surat")

    assert await budi.taps("✅ Approve all (3)") == "3 activities approved."
    assert await budi.reads("✅") == "✅ Nothing is waiting for you.\n[↶ Undo approval (3) until 17:10]"
    await stage.minutes(10)
    assert await ani.sees() == "✅ Budi Santoso approved 3 activities (Tue 24 Nov)."


async def test_a_week(stage: Stage) -> None:
    ani, budi = stage.ani, stage.budi
    await english(stage)
    await ani.says("1. A3 coordination meeting 2 hours\n2. A1 archived 12 letters")
    await budi.says("leadership meeting")
    await stage.time("2026-11-24 17:00")
    await budi.taps("✅ Approve all (2)")
    await stage.time("2026-11-27 18:00")
    assert await ani.reads("Output of") == (
        "Output of this week\n\n"
        "(1/1) Fasilitasi rapat koordinasi perencanaan\n"
        "How many kegiatan were finished? Tap, or type a number.\n"
        "[0] [1] [2] [3] [4] [5]"
    )
    await ani.taps("0")
    assert await ani.reads("Output of") == (
        "Output of this week\n"
        "✓ Fasilitasi rapat koordinasi perencanaan: 0 kegiatan\n"
        "Thank you. It goes to your superior.\n"
        "[Change]"
    )
    assert await budi.reads("Quality") == (
        "Quality of the week's results (1/1)\n"
        "Ani Lestari\n\n"
        f"{A1}\n"
        "Approved output: 12 surat\n"
        "• archived 12 letters · 12 surat · Tue 24 Nov\n\n"
        "How good are the results? Tap, or reply with a number from 0 to 100; a remark may follow: 85 very tidy.\n"
        "[No mistake, beyond the standard]\n"
        "[One or two small mistakes]\n"
        "[Three or four small mistakes]\n"
        "[Five small and one large mistake]\n"
        "[More mistakes than that]\n"
        "[No result worth marking]\n"
        "[📝 Remark]"
    )
    await budi.taps("One or two small mistakes")
    await stage.time("2026-11-30 13:00")
    assert await ani.sees() == (
        "Your week until Sunday, 29 November 2026\n"
        "Score: 10.8 of 100\n\n"
        "• Pengelolaan surat masuk dan keluar: 43.1 (quantity 1, quality 85)\n"
        "○ Penyusunan laporan evaluasi program: nothing approved yet\n"
        "○ Fasilitasi rapat koordinasi perencanaan: nothing approved yet\n"
        "○ Penyusunan rencana kerja perangkat daerah: nothing approved yet\n"
        "[Why?]"
    )
    await ani.taps("Why?")
    assert await ani.sees() == (
        f"{A1}\n"
        "Serves: Perencanaan daerah yang tepat waktu\n\n"
        "Expected by Sun 29 Nov: 1,200 surat × 218 of 240 workdays = 1,090\n"
        "Approved since Thu 1 Jan: 12 surat\n"
        "Quantity: 12 of 1,090 = 1.1\n"
        "Mark of the week until Sun 29 Nov: 85\n"
        "Quality: mean of the marks, weighted by output = 85\n"
        "Result: (1.1 + 85) ÷ 2 = 43.05\n"
        "[‹] [1/5 ›]\n"
        "[‹ Back]"
    )


@ON_SQLITE
async def test_what_is_no_report(stage: Stage) -> None:
    await english(stage)
    for text, answer in {
        "sick today": "Shall I note sick, Tue 24 Nov? I will not ask on these days.\n[Yes, note it] [No]",
        "hello": "All right. When you have done something today, just write it here.",
        "how do I report?": "I only note daily reports; /bantuan shows how. "
        "For other questions please ask your superior.",
        "/hari_ini": "Tuesday, 24 November 2026\nNothing reported.",
        "/riwayat": "There is no report of a past day yet.",
        "/batal": "There is nothing to cancel today.",
        "/ingatan": "I have not learnt anything from you yet. When you choose a target, I remember the wording.",
        "/istilah": "Words of the office\nNone yet.",
        "/grup": "Only the head of the unit, or an admin, can connect its group.",
        "/nonsense": "I do not know this command. /bantuan shows what I can do.",
        "12": "I cannot tell which card this answers. Please reply to that card.",
    }.items():
        assert await stage.ani.tells(text) == answer


@ON_SQLITE
async def test_evidence(stage: Stage) -> None:
    await english(stage)
    await stage.ani.says("1. A3 coordination meeting 2 hours\n2. A1 archived 12 letters")
    assert await stage.ani.shows(picture("red")) == (
        "📎 Kept as evidence.\n"
        "Which activity does it belong to?\n"
        "[coordination meeting]\n[archived 12 letters]\n[Just of this day]"
    )
    await stage.ani.taps("coordination meeting")
    assert await stage.ani.sees() == "📎 Kept as evidence of “coordination meeting”."
