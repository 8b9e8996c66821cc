//! A question without a case (咨询), answered or referred with a slip (引导告知单).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        enquiry::{Enquiry, Referral},
        event::GoTo,
        number::PaperCode,
        rules::remark,
    },
    office::staff::Action,
    record::{Change, Id, Kind, RecordKey},
    refusal::Refusal,
};

use crate::{
    answer::{AtField, Stop},
    call::{Command, Draft, Query},
    cases::view::PaperView,
    see::View,
};

/// Records a question, and where the resident was sent.
#[derive(Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub(crate) struct RecordEnquiry {
    /// What was asked.
    pub question: Option<String>,
    /// Who asked, if in the register.
    pub person: Option<Id>,
    /// The banned certificate asked for, by its number.
    pub banned: Option<u8>,
    /// The item asked about.
    pub item: Option<String>,
    /// The body to go to, where neither says.
    pub department: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// What to take along.
    pub take: Option<Vec<String>>,
    /// What was answered.
    pub answer: Option<String>,
}

/// A recorded question.
#[derive(Serialize, TS)]
pub(crate) struct EnquiryView {
    /// Its id.
    pub id: Id,
    /// Its number.
    pub number: String,
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// Where to go.
    pub referred_to: String,
    /// The slip, where there is one.
    pub paper: Option<PaperView>,
}

impl Command for RecordEnquiry {
    const NAME: &'static str = "record_enquiry";
    const ABOUT: &'static str =
        "Records a question without a case, with a referral slip where somebody else can help.";
    const ACTION: Action = Action::HandleCases;
    const BEGINS: bool = true;
    type Output = EnquiryView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<EnquiryView>, Stop> {
        let id = Id::from_bytes(
            yichuang_store::random::<16>().map_err(yichuang_store::StoreError::from)?,
        );
        let referral = referral(self, view)?;
        let text = |field: &str, text: &Option<String>| {
            remark(field, text.as_deref().unwrap_or_default()).at(field)
        };
        let mut question = text("question", &self.question)?;
        if question.is_empty() {
            question = referral
                .as_ref()
                .map(|referral| referral.subject.clone())
                .unwrap_or_default();
        }
        if question.is_empty() {
            return Err(Refusal::FieldMissing {
                field: "question".to_owned(),
            }
            .into());
        }
        let name = match self.person {
            Some(person) => view.person(person)?.0.name,
            None => String::new(),
        };
        let enquiry = Enquiry {
            id,
            number: view.next_number()?.to_string(),
            on: view.today(),
            person: self.person,
            name,
            question,
            answer: text("answer", &self.answer)?,
            referral,
            clerk: view.session.actor.id,
            prints: 0,
        };
        let change = Change::Set {
            record: RecordKey::new(Kind::ENQUIRY, id),
            fields: enquiry.fields(),
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(move |view| open(id, view)),
        })
    }
}

fn referral(input: &RecordEnquiry, view: &View<'_>) -> Result<Option<Referral>, Stop> {
    let language = crate::words::Language::Zh; // papers are Chinese
    let go_to = |name: String| GoTo {
        name,
        address: input.address.clone().unwrap_or_default(),
        phone: input.phone.clone().unwrap_or_default(),
    };
    if let Some(no) = input.banned {
        let banned = crate::world::World::banned(no)
            .ok_or(Refusal::UnknownItem {
                code: no.to_string(),
            })
            .at("banned")?;
        let take = match &input.take {
            Some(take) => take.clone(),
            None => banned.take.iter().map(|one| language.of(one)).collect(),
        };
        let department = input
            .department
            .clone()
            .unwrap_or_else(|| language.of(&banned.department));
        return Ok(Some(Referral {
            subject: language.of(&banned.name),
            go_to: go_to(department),
            take,
        }));
    }
    if let Some(code) = &input.item {
        let item = view
            .world
            .catalogue
            .item(code)
            .ok_or_else(|| Refusal::UnknownItem {
                code: code.chars().take(12).collect(),
            })
            .at("item")?;
        let take = match &input.take {
            Some(take) => take.clone(),
            None => item
                .materials
                .iter()
                .filter(|one| one.required)
                .map(|one| language.of(&one.name))
                .collect(),
        };
        let department = input
            .department
            .clone()
            .unwrap_or_else(|| language.of(&item.handler.name));
        return Ok(Some(Referral {
            subject: language.of(&item.name),
            go_to: go_to(department),
            take,
        }));
    }
    let department = remark(
        "department",
        input.department.as_deref().unwrap_or_default(),
    )
    .at("department")?;
    if department.is_empty() {
        return Ok(None);
    }
    Ok(Some(Referral {
        subject: remark("question", input.question.as_deref().unwrap_or_default())
            .at("question")?,
        go_to: go_to(department),
        take: input.take.clone().unwrap_or_default(),
    }))
}

/// Opens a recorded question.
#[derive(Deserialize, TS)]
pub(crate) struct EnquiryOf {
    /// Which.
    pub id: Id,
}

impl Query for EnquiryOf {
    const NAME: &'static str = "enquiry";
    const ABOUT: &'static str = "Opens a recorded question.";
    const ACTION: Action = Action::ReadCases;
    type Output = EnquiryView;

    fn answer(&self, view: &View<'_>) -> Result<EnquiryView, Stop> {
        open(self.id, view)
    }
}

fn open(id: Id, view: &View<'_>) -> Result<EnquiryView, Stop> {
    let enquiry = view
        .store
        .enquiry(id)?
        .ok_or_else(|| Refusal::UnknownRecord {
            kind: "enquiry".to_owned(),
        })?;
    let paper = enquiry.referral.as_ref().map(|_referral| PaperView {
        number: slip_number(&enquiry),
        code: PaperCode::YD.code().to_owned(),
        name: view.language().of(&PaperCode::YD.title()),
        prints: enquiry.prints,
        is_void: false,
    });
    Ok(EnquiryView {
        id,
        number: enquiry.number,
        question: enquiry.question,
        answer: enquiry.answer,
        referred_to: enquiry
            .referral
            .map_or_else(String::new, |referral| referral.go_to.name),
        paper,
    })
}

/// The number of an enquiry's slip.
pub(crate) fn slip_number(enquiry: &Enquiry) -> String {
    format!("{}-{}01", enquiry.number, PaperCode::YD.code())
}
