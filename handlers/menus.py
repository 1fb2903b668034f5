"""The commands in a person's menu. What one may do is never decided by the menu."""

from telegram import Bot, BotCommand, BotCommandScopeChat

from handlers.texts import Words, words
from models.employees import Employee


def commands(w: Words) -> list[tuple[str, str]]:
    """Command and what it does, for the menu and for help."""
    return [
        ("hari_ini", w.plain("Today's report")),
        ("fokus", w.plain("What I work on today")),
        ("riwayat", w.plain("Past days")),
        ("nilai", w.plain("My week, and why")),
        ("target", w.plain("My targets, and what they support")),
        ("tim", w.plain("My team today (for supervisors)")),
        ("tonggak", w.plain("Milestones: results in percent")),
        ("cuti", w.plain("Leave, sickness, travel")),
        ("buka", w.plain("Open a closed month for somebody (for supervisors)")),
        ("plh", w.plain("Who stands in for whom (Plh, Plt)")),
        ("umpan_balik", w.plain("Feedback had and given")),
        ("kompetensi", w.plain("My competencies")),
        ("cakupan", w.plain("Coverage of the unit's goals (for its head)")),
        ("penilaian", w.plain("Appraisals: mine, and my people's")),
        ("grup", w.plain("Connect the unit's group (for its head)")),
        ("ingatan", w.plain("What I have learnt from you")),
        ("kendala", w.plain("Obstacles that are open")),
        ("saran", w.plain("Suggest something")),
        ("istilah", w.plain("Words of the office")),
        ("batal", w.plain("Cancel the last report")),
        ("bahasa", w.plain("Language")),
        ("bantuan", w.plain("How Harian works")),
    ]


async def set_menu(bot: Bot, person: Employee) -> None:
    """The commands in this person's menu, in their language; what one may do is never decided by the menu."""
    if person.telegram_id is not None:
        entries = [BotCommand(name, text) for name, text in commands(words(person.language))]
        await bot.set_my_commands(entries, scope=BotCommandScopeChat(person.telegram_id))
