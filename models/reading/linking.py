"""Link one activity to one of the person's targets, or say which ones to ask about.

Every word of the activity votes for the targets that mention it or mean it (`terms`). A word that fits several targets
of the person says little. The best target is linked only when enough votes are for it and few for the next one:
a wrong link is worse than a question.
"""

P = dict(FAMILY=.9, SIB=.5, MORE=.2, DEED=.6, ROLE=.75, FLOOR=.4, OPEN=.95, TASIDE=.7, FDF=.2, KEAN=.7, UNITW=.35, IDF=.7, DECAY=.92, ASIDE=.4, BIG=.5, DOM=1.2, UBON=.4, IMPL=.6, S1=.4, RATIO=.45, SHARE=.4, SS=.2, CONF=.4)
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.reading import codes
from models.reading.synonyms import thesaurus
from models.reading.terms import Term, analyse
from models.reading.types import Link, TargetLine
from models.reading.unit_names import counts_as

@dataclass(frozen=True, slots=True)
class Vote:
    """What one word says: for each target, how well it fits (0 to 1), and the weight of the word."""

    term: Term
    weight: float
    fits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    stems: Mapping[str, tuple[float, bool]]
    families: Mapping[str, float]
    deeds: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]


def _kean(word: str) -> bool:
    return word.startswith("ke") and word.endswith("an")


def _roles(terms: tuple[Term, ...]) -> list[float]:
    out = []
    role = 1.0
    light = thesaurus().light
    for t in terms:
        if t.opens and out:
            role = P['OPEN']
        out.append(role * (P['TASIDE'] if t.aside else 1))
        if t.stem not in light:
            role = max(P['FLOOR'], role * P['ROLE'])
    return out


@lru_cache(maxsize=4096)
def _meanings(targets: tuple[tuple[str, str | None], ...]) -> tuple[Meaning, ...]:
    out = []
    raw = [analyse(t) for t, _ in targets]
    fam = Counter(n for t in raw for n in {n for x in t for n in x.families})
    for t, (_, unit) in zip(raw, targets):
        st: dict[str, tuple[float, bool]] = {}
        fs: dict[str, float] = {}
        ds: dict[str, float] = {}
        for x, role in zip(t, _roles(t)):
            st[x.stem] = (role, _kean(x.word))
            for n, s in x.families.items():
                fs[n] = max(fs.get(n, 0), P["FAMILY"] * s * role / (1 + P["FDF"] * (fam[n] - 1)))
            for n, s in x.deeds.items():
                ds[n] = max(ds.get(n, 0), P["DEED"] * s * role)
        if unit:
            for x in analyse(unit):
                st.setdefault(x.stem, (P["UNITW"], False))
        out.append(Meaning(st, fs, ds, frozenset((a.stem, b.stem) for a, b in zip(t, t[1:]))))
    return tuple(out)


def _fit(term: Term, m: Meaning) -> tuple[float, float]:
    """(by word or deed, by family)"""
    direct = 0.0
    if term.stem in m.stems:
        role, kean = m.stems[term.stem]
        direct = role * (1 if kean == _kean(term.word) else P['KEAN'])
    for n, s in term.deeds.items():
        if n in m.deeds:
            direct = max(direct, min(s, 1) * m.deeds[n])
    implied = 0.0
    k = 0
    for n, s in term.families.items():
        if n in m.families:
            o = m.families[n]
            k += 1
            if s > 1 or o > 1:
                x = P['FAMILY'] * min(s, 1) * min(o, 1)
            else:
                x = P['SIB'] * s * o
            implied = max(implied, x)
    if k > 1:
        implied = min(max(implied, .85*P['FAMILY']), implied * (1 + P['MORE'] * (k - 1)))
    return direct, implied


def votes(description: str, targets: Sequence[TargetLine], unit=None) -> list[Vote]:
    ms = _meanings(tuple((t.title, t.unit) for t in targets))
    out = []
    counted = {t.stem for t in analyse(unit)} if unit else set()
    place = 1.0
    terms = analyse(description)
    for term in terms:
        pairs = [_fit(term, m) for m in ms]
        top = max(d for d, _ in pairs)
        fits = tuple(max(d, i if top <= 0 else i * P['IMPL']) for d, i in pairs)
        w = term.weight
        ex = [term.stem in m.stems for m in ms]
        if any(ex):
            if w in (0.3, 0.6):
                w = 1.0
            if w == 0.25 and sum(ex) == 1:
                w = 0.45
        w *= place
        if term.weight > 0.3 and not term.aside:
            place = max(0.5, place * P["DECAY"])
        if term.stem in counted:
            w = min(w, 0.3)
        if term.aside:
            w *= P["ASIDE"]
        out.append(Vote(term, w, fits))
    for a, b in zip(terms, terms[1:]):
        fits = tuple(1.0 if (a.stem, b.stem) in m.pairs else 0.0 for m in ms)
        if 0 < sum(fits) < len(ms):
            out.append(Vote(a, P["BIG"] * (P["ASIDE"] if a.aside else 1), fits))
    return out


def scores(vs: Sequence[Vote], n: int, full=False) -> list[float]:
    total = [0.0] * n
    for v in vs:
        top = max(v.fits)
        if top <= 0:
            continue
        df = sum((f / top) ** 2 for f in v.fits)
        idf = 1 / (1 + P["IDF"] * (df - 1))
        for i, f in enumerate(v.fits):
            total[i] += (v.weight / P["ASIDE"] if full and v.term.aside else v.weight) * idf * f * (f / top) ** P["DOM"]
    return total


def features(description, quantity, unit, targets):
    vs = votes(description, targets, unit)
    total = scores(vs, len(targets))
    tf = scores(vs, len(targets), True)
    uniq = 0
    fit = [False] * len(targets)
    if unit and quantity is not None:
        fit = [bool(t.unit and counts_as(unit, t.unit)) for t in targets]
        if sum(fit) == 1:
            uniq = fit.index(True) + 1
            total[fit.index(True)] += P["UBON"]
    ranked = sorted(range(len(targets)), key=lambda i: -total[i])
    b = ranked[0]
    s1 = total[b]
    s2 = max([max(tf[i], total[i]) for i in ranked[1:]], default=0)
    words = [v for v in vs]
    tot = sum(v.weight for v in words) or 1
    share = sum(v.weight * v.fits[b] for v in words) / tot
    content = [v for v in vs if v.weight > 0.25 and not (v.term.deeds and v.weight <= 0.45)]
    head = content[0].fits[b] if content else -1
    first = vs[0].fits[b] if vs else 0
    As = thesaurus().asides
    deed = next((v for v in vs if v.term.deeds and v.term.stem not in thesaurus().light), None)
    conflict = max(max(deed.fits) - deed.fits[b], 0) if deed else 0
    deedfit = deed.fits[b] if deed else -1
    aside = any(v.term.stem in As and v.fits[b] < 0.5 for v in vs)
    meeting = all(
        (v.term.stem in As and v.term.stem in ("rapat", "ratek", "rakor")) or v.fits[b] >= 0.5
        for v in vs
        if v.term.stem in As
    )
    ta = sum(v.weight for v in vs if v.term.stem not in As) or 1
    rest = sum(v.weight * v.fits[b] for v in vs if v.term.stem not in As) / ta
    return (
        dict(
            s1=s1,
            s2=s2,
            share=share,
            head=head,
            first=first,
            aside=aside,
            meeting=meeting,
            rest=rest, conflict=conflict, deedfit=deedfit,
            uniq=(0 if not uniq else 1 if uniq - 1 == b else -1),
            unitok=int(fit[b]),
            anyunit=int(bool(unit)),
            best=targets[b].code,
            n=len(vs),
        ),
        ranked,
        vs,
    )


def sure(f):
    if f['conflict'] > P['CONF']:
        return False
    if f["aside"] and not (f["meeting"] and f["rest"] > 0.8):
        return False
    return f["s1"] >= P["S1"] and f["s2"] <= P["RATIO"] * f["s1"] and f["share"] >= P["SHARE"]


def link(
    description: str, quantity: float | None, unit: str | None, targets: Sequence[TargetLine], *,
    words: Mapping[str, str] = {},
) -> Link:  # fmt: skip
    order = tuple(t.code for t in targets)
    found = codes.find_code(description, order)
    if found:
        return Link(found.code, "code" if found.code else "", (), order)
    if not targets:
        return Link()
    f, ranked, vs = features(description, quantity, unit, targets)
    order = tuple(targets[i].code for i in ranked)
    if sure(f):
        return Link(order[0], "words", tuple(v.term.word for v in vs if v.fits[ranked[0]] > 0), order)
    return Link(None, "", (), order)
