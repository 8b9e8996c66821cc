//! The people of the stories: 32 residents with names, numbers and flats that tests, pictures and
//! examples speak of (`searchPersons` of the shared vectors). They are in every sample.

use yichuang_domain::register::address::{Address, parse_address};

/// Name, identity number, telephone, flat.
const PEOPLE: [(&str, &str, &str, &str); 32] = [
    ("张三", "320583198103079911", "15400001234", "12-3-502"),
    ("张珊", "320583197905129920", "15400001235", "12-3-503"),
    ("张姗姗", "320583200012319924", "15400005678", "5-1-101"),
    ("赵珊", "342622198811039943", "15400002468", "5-2-1203"),
    ("周胜", "320523195308189938", "15400001357", "12-3-501"),
    ("曾思", "320523196204059949", "15400009911", "7-1-602"),
    ("单晓芳", "320583199009099929", "15400003001", "7-2-502"),
    ("仇建国", "320523194910019953", "15400003002", "1-1-101"),
    ("解志强", "320583197512129938", "15400003003", "1-1-102"),
    ("查小燕", "320583198708159949", "15400003004", "1-1-201"),
    ("区永明", "440105197001159912", "15400003005", "1-1-202"),
    ("尉迟恭", "320583196606069935", "15400003006", "2-1-301"),
    ("朴顺姬", "222401197201309921", "15400003007", "2-1-302"),
    ("任盈盈", "320583199505209920", "15400003008", "2-2-401"),
    ("盖文华", "370623195808189955", "15400003009", "2-2-402"),
    ("缪根林", "320523194503019913", "15400003010", "3-1-1204"),
    ("乐嘉", "320583200509119944", "15400003011", "3-1-1203"),
    ("翟天宇", "371521199302219935", "15400003012", "3-2-502"),
    ("覃桂花", "452702198407049926", "15400003013", "9-1-702"),
    ("吕绿", "32058320120602992X", "15400003014", "9-1-703"),
    ("陆根妹", "320523193802149940", "15400003015", "9-2-102"),
    ("欧阳海", "432524198008089916", "15400003016", "15-1-902"),
    (
        "阿依古丽·买买提",
        "653101199206189926",
        "15400003017",
        "15-2-903",
    ),
    ("阿依努尔", "653101201904159943", "15400003017", "15-2-903"),
    ("王𬭎", "320583198606169935", "15400003018", "16-3-1102"),
    ("李䶮", "320583200802299913", "15400003019", "16-3-1101"),
    ("万俟明", "410102197710079937", "15400003020", "17-1-402"),
    ("顾阿大", "320523193309109910", "15400003021", "17-1-101"),
    ("过小红", "320200196903179949", "15400003022", "18-2-502"),
    ("单丹", "320583201608299949", "15400003001", "7-2-502"),
    (
        "SMITH JOHN",
        "932840198507049913",
        "15400003023",
        "18-2-1502",
    ),
    ("陈喆", "830000197812259939", "15400003024", "18-3-601"),
];

/// Somebody of the stories.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) id_number: &'static str,
    pub(super) phone: &'static str,
    pub(super) address: Address,
}

/// All of them, those of one flat together, the head of the household first.
pub(super) fn people() -> Vec<Known> {
    let known = PEOPLE
        .into_iter()
        .filter_map(|(name, id_number, phone, flat)| {
            Some(Known {
                name,
                id_number,
                phone,
                address: parse_address(flat)?,
            })
        });
    let mut people: Vec<Known> = known.collect();
    people.sort_by_key(|one| one.address);
    people
}

#[cfg(test)]
mod tests {
    use yichuang_domain::register::identity::IdNumber;

    use super::*;

    #[test]
    fn they_are_those_of_the_shared_vectors() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../../domain/tests/vectors.json")).unwrap();
        let expected: Vec<[&str; 4]> = vectors["searchPersons"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| ["name", "idNo", "phone", "addr"].map(|field| one[field].as_str().unwrap()))
            .collect();
        let ours: Vec<[&str; 4]> = PEOPLE.iter().map(|(a, b, c, d)| [*a, *b, *c, *d]).collect();
        assert_eq!(ours, expected);
    }

    #[test]
    fn all_of_them_have_a_flat_and_a_right_number() {
        let today = "2026-11-24".parse().unwrap();
        assert_eq!(people().len(), PEOPLE.len());
        for one in people() {
            assert!(
                IdNumber::parse(one.id_number, today).is_ok(),
                "{}",
                one.id_number
            );
        }
    }
}
