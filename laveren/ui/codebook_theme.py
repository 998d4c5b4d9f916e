"""One theme on Codeboek: to see and change it, to add one, and to merge, split, retire or restore it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from laveren.content.checking import REST
from laveren.content.codebook import Codebook, Theme
from laveren.content.writing import codebook_data
from laveren.ui.codebook import FORMS, Desk, Step, carry_out, fate, go, news, stopped, told
from laveren.ui.codebook_form import WORDS, Form, Sheet, fields, sheet_of
from laveren.workshop.codebooks import Draft, add, merge, restore, retire, rewrite, split

WIDE = 880  # pixels: lines that are still easy to read
NEW, SPLIT = "nieuw", "splitsen"
DELETE = ":material/delete:"


def one(desk: Desk, id: str | None, do: str) -> None:
    """A theme to see and to change, or to split; without an `id` a new one."""
    tell, theme = desk.say, desk.theme(id)
    back = (id,) if do == SPLIT else ()
    st.button(tell("codebook.back"), icon=":material/arrow_back:", type="tertiary", on_click=go, args=back)
    if theme is None and do != NEW:
        st.info(tell("codebook.unknown"))
        return
    splits = do == SPLIT and theme is not None and not theme.retired and theme.id != REST
    name = desk.name(theme.id) if theme else tell("codebook.new")
    st.title(tell("codebook.split_title", name=name) if splits else name, anchor=False)
    form = _form(desk, (NEW if theme is None else SPLIT if splits else "", id))
    if theme and not splits:
        about = [tell("codebook.words", n=len(theme.words)), tell("codebook.id", id=theme.id)]
        st.caption(" · ".join([*([fate(desk, theme)] if theme.retired else []), *about]))
        if theme.retired:
            st.info(tell("codebook.restore_hint"))
    draft = _draft(desk, form) if form.tried else None
    with st.container(width=WIDE):
        if splits:
            _shares(desk, form)
        else:
            fields(form.sheets[0])
        if draft and draft.faults:
            told(desk, draft)
        news(desk)
        if form.was != written(desk.book, id):
            _moved_on(desk, form)
        else:
            _save(desk, form)
        if theme and not splits and not theme.retired and theme.id != REST:
            _more(desk, theme, form)


def written(book: Codebook, id: str | None) -> dict[str, Any]:
    """A theme as a file holds it; empty when it is not there."""
    themes: list[dict[str, Any]] = codebook_data(book)["themas"]
    return next((theme for theme in themes if theme["id"] == id), {})


# ---- the form ----


def _form(desk: Desk, key: tuple[str, str | None]) -> Form:
    """The form with this key as it was left; made anew when nothing was typed in it."""
    forms, now = st.session_state.setdefault(FORMS, {}), written(desk.book, key[1])
    form: Form | None = forms.get(key)
    if form is None or (form.was != now and not form.changed):
        shares = [{name: now.get(name, []) for name in WORDS}, {"uitsluiten": now.get("uitsluiten", [])}]
        form = forms[key] = Form(key, now, [sheet_of(part) for part in (shares if key[0] == SPLIT else [now])])
    return form


def _draft(desk: Desk, form: Form) -> Draft:
    """What the codebook would be with what stands in the form; what is wrong goes to the fields."""
    (do, id), data = form.key, form.data()
    if id is None:
        draft = add(desk.book, data[0])
    elif do == SPLIT:
        draft = split(desk.book, id, data)
    elif "vervallen" in form.was:
        draft = restore(desk.book, id, data[0])
    else:
        draft = rewrite(desk.book, id, data[0])
    placed = [(*draft.place(fault), fault.problem) for fault in draft.faults]
    for sheet, own in zip(form.sheets, draft.ids[-len(form.sheets) :], strict=True):
        sheet.problems = [(at, problem) for theme, at, problem in placed if theme == own]
    return draft


def _save(desk: Desk, form: Form) -> None:
    tell, (do, id) = desk.say, form.key
    label = "split" if do == SPLIT else "restore" if "vervallen" in form.was else "save"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(tell(f"codebook.{label}"), type="primary", key="save"):
            if label == "save" and not form.changed and id:
                st.toast(tell("codebook.same"))
                return
            draft, form.tried = _draft(desk, form), True
            if draft.codebook:
                carry_out(Step(desk, label, lambda: draft, id or draft.ids[-1], form.key))
            st.rerun()
        if form.changed:
            with st.popover(tell("codebook.stop"), type="tertiary"):
                st.markdown(tell("codebook.stop_hint"))
                st.button(tell("codebook.stop_yes"), on_click=_forget, args=(form,), key="stop")
    stopped(desk, label)


def _forget(form: Form) -> None:
    st.session_state[FORMS].pop(form.key, None)


def _moved_on(desk: Desk, form: Form) -> None:
    """Somebody else changed this theme since the form was opened: what they changed, and the two ways on."""
    tell, now = desk.say, written(desk.book, form.key[1])
    st.warning(tell("codebook.moved_on"))
    for key in dict.fromkeys([*form.was, *now]):
        if form.was.get(key) != now.get(key):
            st.markdown(f"**{tell(f'codebook.part.{key}')}**")
            for line in _difference(desk, form.was.get(key), now.get(key)):
                st.text(line)
    with st.container(horizontal=True):
        st.button(tell("codebook.mine_wins"), on_click=setattr, args=(form, "was", now), key="mine")
        st.button(tell("codebook.theirs_wins"), on_click=_forget, args=(form,), key="theirs")


def _difference(desk: Desk, was: Any, now: Any) -> list[str]:
    """What has come and what is gone of words; of anything else how it is now."""
    tell = desk.say
    if isinstance(was or now, list):
        come, gone = ([word for word in a or [] if word not in (b or [])] for a, b in ((now, was), (was, now)))
        said = (("codebook.come", come), ("codebook.gone", gone))
        return [tell(key, words=", ".join(words)) for key, words in said if words]
    if isinstance(now, Mapping):
        return list(dict.fromkeys([now["nl"], now["en"]]))
    return [tell("codebook.nothing") if now is None else tell("codebook.is_so") if now is True else str(now)]


# ---- what else ----


def _more(desk: Desk, theme: Theme, form: Form) -> None:
    """What else can be done with a theme."""
    tell, book, id = desk.say, desk.book, theme.id
    with st.expander(tell("codebook.more"), key=f"codebook_more_{id}"):
        if form.changed:
            st.info(tell("codebook.save_first"))
            return
        st.markdown(f"**{tell('codebook.merge')}**")
        st.caption(tell("codebook.merge_hint"))
        others = [other.id for other in book.living if other.id not in (id, REST)]
        names = {other: desk.name(other) for other in others}
        into = st.selectbox(
            tell("codebook.merge_into"),
            others,
            index=None,
            format_func=names.__getitem__,
            placeholder=tell("codebook.choose"),
            key=f"into_{id}",
        )
        if into:
            step = Step(desk, "merge", partial(merge, book, id, into), into)
            st.button(tell("codebook.merge_go", name=names[into]), on_click=carry_out, args=(step,), key="merge")
            stopped(desk, "merge")
        st.markdown(f"**{tell('codebook.splitting')}**")
        st.caption(tell("codebook.split_about"))
        st.button(tell("codebook.split_open"), on_click=go, args=(id, SPLIT), key="split")
        st.markdown(f"**{tell('codebook.retire')}**")
        st.caption(tell("codebook.retire_hint"))
        step = Step(desk, "retire", partial(retire, book, id), id)
        st.button(tell("codebook.retire_go"), on_click=carry_out, args=(step,), key="retire")
        stopped(desk, "retire")


def _shares(desk: Desk, form: Form) -> None:
    """The fields of each theme that comes in the place of one; and the words that none of them has."""
    tell = desk.say
    st.caption(tell("codebook.split_hint"))
    for place, sheet in enumerate(form.sheets):
        with st.container(border=True, key=f"way_share_{sheet.number}"):
            st.subheader(tell("codebook.share", n=place + 1), anchor=False)
            fields(sheet)
            if len(form.sheets) > 2:
                label, key = tell("codebook.share_away"), sheet.key("away")
                args = (sheet,)
                st.button(label, icon=DELETE, type="tertiary", key=key, on_click=form.sheets.remove, args=args)
    st.button(tell("codebook.share_more"), icon=":material/add:", on_click=form.sheets.append, args=(Sheet(),))
    given = {word.lower() for share in form.data() for name in WORDS for word in share[name]}
    left = [word for word in form.was.get("woorden", []) if word.lower() not in given]
    if left:
        st.text(tell("codebook.left_over", n=len(left), words=", ".join(left)))
