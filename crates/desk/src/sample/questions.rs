//! Questions without a case: answered on the spot, or referred with a slip. Also those for
//! certificates a community must not issue.

use chrono::NaiveDate;
use yichuang_domain::{
    cases::{
        banned::banned_certificates,
        enquiry::{Enquiry, Referral},
        event::{CaseEvent, GoTo},
    },
    record::{Change, Id, Kind, RecordKey},
};

use super::{residents::Residents, seed::Chance};
use crate::window::enquiry::slip_number;

const ANSWERED: &[(&str, &str)] = &[
    (
        "窗口周六开不开？",
        "周一至周五 8:30–17:00，调休上班日照常。",
    ),
    ("居住证到期前多久可以续签？", "到期前 30 日内可以办理。"),
    ("老年卡在哪里年审？", "窗口可以办，带身份证。"),
    (
        "帮母亲办理要带什么？",
        "带母亲身份证、本人身份证，说明亲属关系。",
    ),
    ("医保卡丢了怎么办？", "先电话挂失，再到窗口补办。"),
    ("办件到哪一步了？", "已按编号查询并告知。"),
    (
        "动迁安置房的房产证什么时候办？",
        "由镇里统一安排，有通知会贴在楼道。",
    ),
    ("哪里可以免费量血压？", "每周二上午在服务点。"),
];
const REFERRED: &[(&str, &str)] = &[
    ("电动车上牌", "交警大队周市中队"),
    ("小孩积分入学的分数查询", "流动人口积分管理办公室"),
    ("公积金提取", "苏州市住房公积金管理中心昆山分中心"),
    ("劳动合同纠纷", "周市镇劳动争议调解中心"),
    ("燃气开户", "燃气公司营业厅"),
];

/// A question that was asked, and the printing of its slip.
pub(super) fn question(
    id: Id,
    number: String,
    on: NaiveDate,
    clerk: Id,
    residents: &Residents,
    chance: &mut Chance,
) -> (Vec<Change>, Vec<Change>) {
    let person = if chance.happens(600) {
        residents.for_group("", chance)
    } else {
        None
    };
    let mut enquiry = Enquiry {
        id,
        number,
        on,
        person: person.map(super::residents::Resident::id),
        name: person.map_or_else(String::new, |one| one.name().to_owned()),
        question: String::new(),
        answer: String::new(),
        referral: None,
        clerk,
        prints: 0,
    };
    match chance.below(100) {
        0..=29 => {
            if let Some(banned) = chance.pick(banned_certificates()) {
                enquiry.question.clone_from(&banned.name.zh);
                enquiry.answer.clone_from(&banned.instead.zh);
                let take = banned.take.iter().map(|one| one.zh.clone()).collect();
                enquiry.referral = Some(referral(&banned.name.zh, &banned.department.zh, take));
            }
        }
        30..=54 => {
            if let Some((subject, department)) = chance.pick(REFERRED) {
                (*subject).clone_into(&mut enquiry.question);
                enquiry.referral =
                    Some(referral(subject, department, vec!["居民身份证".to_owned()]));
            }
        }
        _ => {
            if let Some((asked, answered)) = chance.pick(ANSWERED) {
                (*asked).clone_into(&mut enquiry.question);
                (*answered).clone_into(&mut enquiry.answer);
            }
        }
    }
    let record = RecordKey::new(Kind::ENQUIRY, id);
    let asked = vec![Change::Set {
        record: record.clone(),
        fields: enquiry.fields(),
    }];
    let slip = CaseEvent::Print {
        document: slip_number(&enquiry),
        copies: 1,
    };
    let printed = match (&enquiry.referral, slip.change(id)) {
        (Some(_), Some(Change::Event { event, body, .. })) => {
            vec![Change::Event {
                record,
                event,
                body,
            }]
        }
        _ => Vec::new(),
    };
    (asked, printed)
}

fn referral(subject: &str, department: &str, take: Vec<String>) -> Referral {
    Referral {
        subject: subject.to_owned(),
        go_to: GoTo {
            name: department.to_owned(),
            ..GoTo::default()
        },
        take,
    }
}
