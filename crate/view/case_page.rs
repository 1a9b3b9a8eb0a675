//! The page of one case: what is wrong, what happened, what is held, how it was paid, and the rules that count.

use super::{
    Action, Argument, Attribute, CaseView, Element, Message, Node, Notice, Tag, button, calendar, captures,
    dates, div,
    dossier::{sheet, title},
    element, ladder, message, overlay, question, span,
    timebar::timebar,
    words,
};
use crate::case::{
    Amount, DayOf, EventKind, EventStanding, Form, Goods, Of, RULES_AS_OF, RULES_VERSION, Rail, Reading,
    Reason, SellerTrick, Time, Topic, Tracking, YesNo,
};
use crate::page::PageKind;

/// The page of a case. `pages` are those of its pages whose address is known.
pub fn case_page(case: &CaseView<'_>, pages: &[(PageKind, String)], notice: Option<&Notice>) -> Node {
    let calendar =
        calendar::has_events(case).then(|| button("", "button_calendar", Action::Calendar).id("to-calendar"));
    let dossier = Action::OpenDossier { order_id: case.order_id.to_owned() };
    div("dossier case")
        .child(
            title(case, "case_title")
                .children(calendar)
                .child(button("", "button_open_dossier", dossier).id("to-dossier")),
        )
        .children(notice.map(|notice| notice.draw().id("notice")))
        .children(items(case))
        .child(
            sheet("dossier_state")
                .id("state")
                .child(overlay::now(case))
                .children(timebar(case))
                .children(overlay::warnings(case))
                .child(overlay::next(case)),
        )
        .child(sheet("case_problem").id("problem").child(problem(case)))
        .child(sheet("case_events").id("happened").child(happened(case)))
        .children(captures::draw(case, pages))
        .child(sheet("case_evidence").id("evidence").child(evidence(case)))
        .child(sheet("case_seller").id("seller").child(seller(case)))
        .child(sheet("case_payment").id("payment").child(payment(case)))
        .child(sheet("dossier_dates").id("dates").child(all_dates(case)))
        .child(sheet("case_rules").id("rules").child(rules(case)))
        .child(
            sheet("dossier_limits_title").id("limits").child(
                div("pad limits")
                    .child(element(Tag::P).child(message("case_limits")))
                    .child(element(Tag::P).child(message("not_legal_advice"))),
            ),
        )
        .into()
}

/// The items of the order, each of which can have a case of its own.
fn items(case: &CaseView<'_>) -> Option<Element> {
    let tab = |item: Option<&str>, name: Node| {
        let open = Action::OpenCase { order_id: case.order_id.to_owned(), item: item.map(str::to_owned) };
        let tab = element(Tag::Button).class("toggle").action(open).child(span("").child(name));
        let here = if item == case.item { "true" } else { "false" };
        element(Tag::Li).child(tab.attribute(Attribute::AriaPressed, here))
    };
    let named = |title: &Option<String>, id: &String| words(title.clone().unwrap_or_else(|| id.clone()));
    (!case.parts.is_empty()).then(|| {
        sheet("case_items").id("items").child(
            div("pad").child(element(Tag::P).class("why").child(message("flag_multi_parcel"))).child(
                element(Tag::Ul).class("tabs").child(tab(None, message("case_whole_order"))).children(
                    case.parts.iter().map(|part| tab(Some(&part.item_id), named(&part.title, &part.item_id))),
                ),
            ),
        )
    })
}

/// The complaint, with what can be expected, what to ask for and what to beware of.
fn problem(case: &CaseView<'_>) -> Element {
    let codes = Reason::ALL.iter().map(|reason| reason.code());
    let told = case.case.reason.map(|reason| {
        let line = |head: &'static str, about: &str| {
            element(Tag::Li)
                .child(element(Tag::Strong).child(message(head)))
                .child(words(" "))
                .child(message(format!("{about}_{}", reason.code())))
        };
        element(Tag::Ul)
            .class("points")
            .id("expect")
            .child(line("case_expect", "expect"))
            .child(line("case_ask", "ask"))
            .child(line("case_trap", "trap"))
    });
    div("pad")
        .child(question::choice(case, Topic::Reason, codes))
        .children(told)
        .child(question::choice(case, Topic::Goods, Goods::ALL.iter().map(|goods| goods.code())))
        .child(question::choice(case, Topic::Tracking, Tracking::ALL.iter().map(|tracking| tracking.code())))
        .child(question::toggle(case, Topic::YesNo(YesNo::FreeReturn), "question_is_free_return".to_owned()))
        .children(Amount::ALL.iter().map(|of| {
            let price = (*of == Amount::ItemPrice).then(|| only_price(case)).flatten();
            question::entry(case, Topic::Amount(*of), "text", price)
        }))
}

/// The price of the item, where there is only one.
fn only_price(case: &CaseView<'_>) -> Option<String> {
    let items = &case.order?.items;
    let own = items.iter().find(|item| case.item.is_some() && item.item_id.as_deref() == case.item);
    let only = match items.as_slice() {
        [only] => Some(only),
        _ => own,
    };
    let price = only?.price.as_ref()?;
    Some(crate::order::written(&price.minor?.to_string(), price.currency?))
}

/// What the user told, and a form for more.
fn happened(case: &CaseView<'_>) -> Element {
    let told = case.events.iter().filter_map(|event| {
        let (_, statement) = case.statements.iter().find(|(_, own)| own.at == event.at)?;
        let what = format!("told_{}", event.kind.code());
        let standing = (event.standing != EventStanding::Counts).then(|| {
            element(Tag::P).class("basis").child(message(format!("told_{}", event.standing.code())))
        });
        Some(question::entered(case, statement, what).children(standing))
    });
    let fitting = EventKind::ALL.iter().filter(|kind| kind.fits(case.decision.underlying));
    let control = question::select(
        fitting.map(|kind| (kind.code(), format!("told_{}", kind.code()))),
        None,
        "question_event_none",
    );
    let today = super::today(case.at).to_string();
    let input = |kind: &'static str, value: String| {
        element(Tag::Input).attribute(Attribute::Type, kind).attribute(Attribute::Value, value)
    };
    let amount = input("text", String::new());
    div("pad").child(element(Tag::Ul).class("points").children(told)).child(question::form(
        "tell".to_owned(),
        case.state("event", None),
        [
            question::labelled("question_event".to_owned(), control.attribute(Attribute::Required, "")),
            question::labelled("question_event_day".to_owned(), input("date", today)),
            question::labelled("question_event_amount".to_owned(), amount),
        ],
    ))
}

/// The ladder with every item of evidence, held, missing, or ticked by hand.
fn evidence(case: &CaseView<'_>) -> Element {
    div("pad").child(ladder::draw_whole(case))
}

/// What the seller tried, and what to do about it.
fn seller(case: &CaseView<'_>) -> Element {
    let tricks = SellerTrick::ALL.iter().map(|trick| {
        let code = trick.code();
        let seen = case.case.seller_tricks.iter().flatten().any(|known| known == trick);
        let topic = Topic::Trick(*trick);
        let by = seen.then(|| match case.stated(topic) {
            Some(_) => dates::by_user(),
            None => dates::by_page(),
        });
        let warning = seen.then(|| element(Tag::P).class("basis").child(message(format!("trick_{code}"))));
        element(Tag::Li)
            .child(question::toggle_at(case, topic, format!("saw_{code}"), seen))
            .children(by)
            .children(warning)
    });
    div("pad").child(element(Tag::Ul).class("points").children(tricks))
}

/// How it was paid, and the days that the bank's clocks run from.
fn payment(case: &CaseView<'_>) -> Element {
    let facts = case.case;
    let rails = Rail::ALL
        .iter()
        .map(|rail| question::toggle(case, Topic::Rail(*rail), format!("rail_{}", rail.code())));
    let day = |of: DayOf| question::entry(case, Topic::Day(of), "date", suggested(case, of));
    let has = |wanted: &dyn Fn(Rail) -> bool| facts.rails.iter().flatten().any(|rail| wanted(*rail));
    let (card, credit) = (has(&Rail::is_card), facts.credit == Some(true));
    let not_received = facts.reason.is_some_and(Reason::is_not_received);
    let asked = [
        (DayOf::Transaction, card),
        (DayOf::Processed, card),
        (DayOf::Statement, card && credit || has(&|rail| rail == Rail::Amex)),
        (DayOf::PaidOn, has(&|rail| rail == Rail::Paypal)),
        (DayOf::Promised, not_received),
        (DayOf::Received, !not_received),
        (DayOf::Breach, card && credit && facts.card_country.as_deref() == Some("GB")),
    ];
    let days = asked.into_iter().filter(|(_, is_asked)| *is_asked).map(|(of, _)| day(of));
    div("pad")
        .child(element(Tag::P).class("why").child(message("case_payment_why")))
        .child(div("toggles").id("rails").children(rails))
        .children(card.then(|| {
            div("asks")
                .child(question::choice(case, Topic::Country, ["US", "GB", "ZZ"]))
                .child(question::toggle(case, Topic::YesNo(YesNo::Credit), "question_is_credit".to_owned()))
        }))
        .child(question::toggle(case, Topic::YesNo(YesNo::EuConsumer), "question_is_eu_consumer".to_owned()))
        .children(days)
        .child(element(Tag::P).class("basis").child(message("case_bank_unverified")))
        .child(div("row").children(laws(case)))
}

/// Pointers to the law where the buyer or the bank is; all of them where that is not known.
fn laws(case: &CaseView<'_>) -> Vec<Element> {
    let facts = case.case;
    let country = facts.card_country.as_deref();
    let known = [
        ("law_eu", facts.eu_consumer == Some(true)),
        ("law_uk", country == Some("GB")),
        ("law_us", country == Some("US")),
    ];
    let applies = known.into_iter().filter(|(_, applies)| *applies).map(|(id, _)| id);
    let mut laws: Vec<&str> = applies.collect();
    if laws.is_empty() {
        laws.push("law_other");
    }
    let open = |id: &str| Action::OpenGuide { id: id.to_owned() };
    laws.into_iter().map(|id| button("quiet", format!("guide_{id}_title"), open(id))).collect()
}

/// What a page shows that may be the answer. The user confirms it by saving.
fn suggested(case: &CaseView<'_>, of: DayOf) -> Option<String> {
    let facts = case.case;
    let promised = || {
        facts.readings.iter().flatten().find_map(|Reading { of, form, .. }| match (of, form) {
            (Of::Delivery, Form::Until(time)) => Some(time),
            _ => None,
        })
    };
    let shown = match of {
        DayOf::Transaction | DayOf::PaidOn => facts.paid_at.as_ref(),
        DayOf::Promised => promised(),
        DayOf::Received => facts.delivered_scan_at.as_ref(),
        DayOf::Processed | DayOf::Statement | DayOf::Breach => None,
    };
    match shown? {
        Time::Date(day) => Some(day.to_string()),
        _ => None,
    }
}

fn all_dates(case: &CaseView<'_>) -> Element {
    if case.decision.deadlines.is_empty() {
        return div("pad").child(element(Tag::P).class("why").child(message("no_deadline")));
    }
    div("pad").child(dates::list(case))
}

/// The rules that count now, with the user's own lengths and limits.
fn rules(case: &CaseView<'_>) -> Element {
    let mut clocks = Vec::new();
    for deadline in &case.decision.deadlines {
        clocks.extend(deadline.clock().filter(|clock| !clocks.contains(clock)));
    }
    let clocks = clocks.into_iter().map(|clock| {
        let topic = Topic::Length(clock);
        let stated = case.stated(topic);
        let value = stated.map_or_else(|| clock.length.to_string(), |own| own.value.clone());
        let control =
            element(Tag::Input).attribute(Attribute::Type, "number").attribute(Attribute::Value, value);
        let label = Message::new(format!("unit_{}", clock.unit.code()))
            .with(Argument::Message(format!("limit_{}", clock.limits.code())))
            .with(Argument::Words(clock.rule.id.to_owned()));
        let label = element(Tag::Label).child(span("").child(label)).child(control);
        element(Tag::Li)
            .child(question::form(format!("length-{}", clock.name), case.state(topic.text(), None), [label]))
            .children(
                stated.map(|own| question::take_back(case, own, format!("limit_{}", clock.limits.code()))),
            )
    });
    let limits = case.statements.iter().filter_map(|(topic, own)| match topic {
        Topic::Limit(of) => Some(question::entered(case, own, format!("limit_{}", of.subject().code()))),
        _ => None,
    });
    let which = Of::ALL.iter().map(|of| (of.code(), format!("limit_{}", of.subject().code())));
    let until =
        element(Tag::Input).attribute(Attribute::Type, "datetime-local").attribute(Attribute::Required, "");
    let limit = question::select(which, None, "question_limit_none").attribute(Attribute::Required, "");
    let version = Message::new("case_rules_version")
        .with(Argument::Number(RULES_VERSION))
        .with(Argument::Words(RULES_AS_OF.to_owned()));
    div("pad")
        .child(element(Tag::P).class("why").child(message("case_rules_why")))
        .child(element(Tag::Ul).class("points short").children(clocks))
        .child(element(Tag::Ul).class("points").children(limits))
        .child(question::form(
            "limit".to_owned(),
            case.state("limit", None),
            [
                question::labelled("question_limit".to_owned(), limit),
                question::labelled("question_limit_until".to_owned(), until),
            ],
        ))
        .child(element(Tag::P).class("basis").child(version))
}
