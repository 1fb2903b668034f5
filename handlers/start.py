"""Joining: the personal link, the last four digits of the NIP, and the first words."""

import re

from telegram import Update

from handlers import leavers
from handlers.context import Context
from handlers.texts import Html
from models import bots, employees, invitations, menus, reach, roles, targets
from models.agencies import Unit
from models.employees import Employee

DIGITS = re.compile(r"\s*(\d{4})\s*")


async def start(update: Update, context: Context) -> None:
    """`/start`, with or without a token, in a private chat."""
    words, user = context.words, update.effective_user
    if user is None:
        return
    person = context.act.employee
    token = context.args[0] if context.args else ""
    if person is not None:
        await reach.mark_reachable(context.session, user.id, bot_id=bots.heard_by(context.session))
        await context.say(words.t("You are with us already, <b>{name}</b>.", name=person.name) + " " + how_to(context))
    elif token and await invitations.open_personal(context.session, token, telegram_id=user.id, now=context.now):
        text = words.t("Welcome. So that I know it is you: please send the last four digits of your NIP.")
        await context.say(text, asks=words.plain("4 digits"))
    elif token:
        await context.say(
            words.t("This link is not valid (any more). Please ask your personnel officer for a new one.")
        )
    else:
        await greet_stranger(update, context)


async def answer_digits(update: Update, context: Context) -> None:
    """What somebody writes who has not joined: the digits when a link was opened, else a polite sentence."""
    message, words = update.effective_message, context.words
    if message is None or update.effective_user is None:
        return
    user_id = update.effective_user.id
    invitation = await invitations.opened_by(context.session, user_id, now=context.now)
    if invitation is None:
        await greet_stranger(update, context)
        return
    given = DIGITS.fullmatch(message.text or "")
    if given is None:
        await context.say(words.t("Please send just the last four digits of your NIP, for example 0012."))
        return
    person = await invitations.bind(context.session, invitation, given[1], telegram_id=user_id, now=context.now)
    if person is not None:
        await _welcome(context, person)
    elif invitation.tries_left:
        left = words.many("You have one more try.", "You have {count} more tries.", invitation.tries_left)
        await context.say(words.t("Those digits do not match.") + " " + left)
    else:
        await context.say(
            words.t(
                "Those digits do not match, and this link is now closed. "
                "Please ask your personnel officer for a new one."
            )
        )


async def greet_stranger(update: Update, context: Context) -> None:
    """One polite sentence that tells nothing about anybody."""
    if context.act.leaver is not None:
        await leavers.say_goodbye(context)
        return
    await context.say(
        context.words.t(
            "I am Harian, the assistant for daily work reports. "
            "To join, open the personal link from your personnel officer."
        )
    )


async def _welcome(context: Context, person: Employee) -> None:
    act = context.act
    act.employee = person
    act.zone = await employees.zone_of(context.session, person)
    words = act.use_language(person.language)
    unit = await context.session.get_one(Unit, person.unit_id)
    own = await targets.of_employee(context.session, person, on=context.today)
    lines = [
        words.t("Welcome, <b>{name}</b> – {unit}.", name=person.name, unit=unit.name),
        words.many("I know one target of yours.", "I know {count} targets of yours.", len(own)) if own else None,
        words.t(
            "Every workday at {time} I ask what you did. You answer in your own words.",
            time=words.clock(person.report_at or unit.report_at),
        ),
        how_to(context),
    ]
    await context.say("\n".join(line for line in lines if line))
    await want_menu(context)


async def want_menu(context: Context) -> None:
    """The menu follows at once, not only with the next sweep."""
    person = context.employee
    may = await roles.of_one(context.session, person, on=context.today)
    await menus.want(context.session, person, may.mark(person.language), now=context.now)


def how_to(context: Context) -> Html:
    return context.words.t(
        "Just write what you did, for example: "
        "<i>Coordination meeting 2 hours, then checked 15 files</i>. More: /bantuan"
    )
