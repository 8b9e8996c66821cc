//! A workbook as communities keep them, made from a seed: three sheets, heads in two rows of merged
//! cells, one row a household and one row a person, dates and codes in every form, and faults in one
//! row of twenty, each of them known. Nobody in it exists: sequences 990–995, telephones 154.

use std::{collections::BTreeSet, path::Path};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

/// Titles of the sheets.
pub const SHEETS: [&str; 3] = ["房屋台账", "户籍人口", "流动人口"];

/// How large it is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Homes with one row a household.
    pub households: u32,
    /// Homes whose people have a row each.
    pub registered: u32,
    /// Homes of people from elsewhere.
    pub migrant: u32,
    /// Rows with a fault, of a hundred.
    pub faults_percent: u32,
}

/// The community of the article: 3,351 homes.
pub const COMMUNITY: Size = Size {
    households: 2_300,
    registered: 751,
    migrant: 300,
    faults_percent: 5,
};

/// A fault that was planted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    pub sheet: &'static str,
    pub row: u32,
    pub reason: &'static str,
}

/// What the workbook holds.
#[derive(Debug, Default)]
pub struct Made {
    /// Rows of data.
    pub rows: u32,
    /// People in rows without a fault.
    pub people: u32,
    /// Homes in all.
    pub homes: u32,
    /// Rows with a fault.
    pub planted: BTreeSet<Planted>,
    /// Rows that contradict an earlier one.
    pub doubtful: BTreeSet<(&'static str, u32)>,
}

const REASONS: [&str; 10] = [
    "id_scientific",
    "id_digits_lost",
    "id_length",
    "id_format",
    "id_check",
    "id_date",
    "name_missing",
    "name_character",
    "phone_wrong",
    "address_unclear",
];

/// Writes the workbook.
pub fn make(path: &Path, seed: u64, size: Size) -> Made {
    let mut book = Workbook::new();
    let mut maker = Maker {
        random: seed,
        next_home: 0,
        next_person: 0,
        turn: 0,
        size,
        made: Made::default(),
    };
    let first = book.add_worksheet();
    first.set_name(SHEETS[0]).unwrap();
    maker.households(first);
    let second = book.add_worksheet();
    second.set_name(SHEETS[1]).unwrap();
    let twin = maker.registered(second);
    let third = book.add_worksheet();
    third.set_name(SHEETS[2]).unwrap();
    maker.migrants(third, twin.as_ref());
    book.save(path).unwrap();
    maker.made.homes = maker.next_home;
    maker.made
}

#[derive(Clone, Debug)]
struct Person {
    name: String,
    number: String,
    birth: (u16, u8, u8),
    is_male: bool,
    phone: String,
}

struct Maker {
    random: u64,
    next_home: u32,
    next_person: u32,
    turn: usize,
    size: Size,
    made: Made,
}

impl Maker {
    /// splitmix64
    fn number(&mut self, below: u32) -> u32 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(below)).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.number(u32::try_from(from.len()).unwrap()) as usize]
    }

    fn home(&mut self) -> (u32, u32, u32) {
        let at = self.next_home;
        self.next_home += 1;
        let (door, at) = (at % 2 + 1, at / 2);
        let (floor, at) = (at % 11 + 1, at / 11);
        (at / 3 + 1, at % 3 + 1, floor * 100 + door)
    }

    fn person(&mut self) -> Person {
        const SURNAMES: [&str; 12] = [
            "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "单",
        ];
        const GIVEN: [&str; 16] = [
            "伟", "芳", "娜", "敏", "静", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超",
            "秀英", "建国",
        ];
        self.next_person += 1;
        let at = self.next_person;
        let name = format!(
            "{}{}{}",
            self.pick(&SURNAMES),
            self.pick(&GIVEN),
            self.pick(&["", "华", "平"])
        );
        // A birth and a sequence of their own for each: no number comes twice.
        let day = 1 + (at / 6) % 28;
        let month = 1 + (at / 168) % 12;
        let year = 1940 + (at / 2_016) % 66;
        let sequence = 990 + at % 6;
        let body = format!("320583{year:04}{month:02}{day:02}{sequence}");
        Person {
            name,
            number: format!("{body}{}", check(&body)),
            birth: (
                u16::try_from(year).unwrap(),
                u8::try_from(month).unwrap(),
                u8::try_from(day).unwrap(),
            ),
            is_male: sequence % 2 == 1,
            phone: format!("154{at:08}"),
        }
    }

    /// Whether the next row gets a fault, and which.
    fn fault(&mut self) -> Option<&'static str> {
        let percent = self.size.faults_percent;
        if self.number(100) >= percent {
            return None;
        }
        self.turn += 1;
        Some(REASONS[self.turn % REASONS.len()])
    }

    fn plant(&mut self, sheet: &'static str, row: u32, fault: Option<&'static str>, people: u32) {
        self.made.rows += 1;
        match fault {
            Some(reason) => drop(self.made.planted.insert(Planted {
                sheet,
                row: row + 1,
                reason,
            })),
            None => self.made.people += people,
        }
    }

    fn households(&mut self, sheet: &mut Worksheet) {
        let center = Format::new();
        sheet
            .merge_range(0, 0, 0, 10, "新茂社区房屋台账（2026年）", &center)
            .unwrap();
        text(sheet, 1, 0, "填报单位：新茂社区    单位：户");
        let heads = [
            (0, "序号"),
            (1, "幢号"),
            (2, "单元"),
            (3, "室号"),
            (9, "房屋用途"),
            (10, "建筑面积（㎡）"),
        ];
        for (column, head) in heads {
            text(sheet, 2, column, head);
        }
        sheet.merge_range(2, 4, 2, 6, "户主信息", &center).unwrap();
        sheet.merge_range(2, 7, 2, 8, "配偶信息", &center).unwrap();
        for (column, head) in [
            (4, "姓名"),
            (5, "身份证号"),
            (6, "联系电话"),
            (7, "姓名"),
            (8, "身份证号"),
        ] {
            text(sheet, 3, column, head);
        }
        for at in 0..self.size.households {
            self.household(sheet, 4 + at);
        }
        text(sheet, 4 + self.size.households, 0, "合计");
    }

    fn household(&mut self, sheet: &mut Worksheet, row: u32) {
        let (building, unit, room) = self.home();
        let fault = self.fault();
        sheet.write_number(row, 0, f64::from(row - 3)).unwrap();
        if fault == Some("address_unclear") {
            text(sheet, row, 1, "东边");
        } else if self.number(2) == 0 {
            sheet.write_number(row, 1, f64::from(building)).unwrap();
        } else {
            text(sheet, row, 1, &format!("{building}幢"));
        }
        sheet.write_number(row, 2, f64::from(unit)).unwrap();
        text(sheet, row, 3, &room.to_string());
        let is_vacant = fault.is_none() && self.number(20) == 0;
        let mut people = 0;
        if !is_vacant {
            people = 1;
            let head = self.person();
            self.name_and_number(sheet, row, (4, 5), &head, fault);
            self.phone(sheet, row, 6, &head, fault);
            if self.number(100) < 34 {
                people = 2;
                let spouse = self.person();
                self.name_and_number(sheet, row, (7, 8), &spouse, None);
            }
        }
        let used = if is_vacant {
            "空置"
        } else {
            self.pick(&["自住", "出租", "自住", "own"])
        };
        text(sheet, row, 9, used);
        sheet
            .write_number(row, 10, f64::from(60 + self.number(80)))
            .unwrap();
        self.plant(SHEETS[0], row, fault, people);
    }

    /// One row a person; the address stands beside the head only. Gives the first whole person.
    fn registered(&mut self, sheet: &mut Worksheet) -> Option<Person> {
        text(sheet, 0, 0, "新茂社区户籍人口花名册");
        text(sheet, 1, 0, "注：证件号请设为文本");
        let heads = [
            "序号",
            "姓 名",
            "性别",
            "公民身份号码",
            "出生日期",
            "民族",
            "与户主关系",
            "文化程度",
            "政治面貌",
            "婚姻状况",
            "联系电话（手机）",
            "现住址",
            "备注",
        ];
        for (column, head) in (0_u16..).zip(heads) {
            text(sheet, 2, column, head);
        }
        text(sheet, 3, 1, "必填");
        text(sheet, 3, 3, "必填，18位数字");
        let mut row = 4;
        let mut first = None;
        for _home in 0..self.size.registered {
            let (building, unit, room) = self.home();
            let members = 1 + u32::from(self.number(100) < 55);
            for member in 0..members {
                let fault = self.fault();
                let fault = fault.filter(|fault| member == 0 || *fault != "address_unclear");
                let person = self.person();
                self.registered_row(sheet, row, member, &person, fault);
                if member == 0 {
                    let written = match fault {
                        Some("address_unclear") => "小区里面".to_owned(),
                        _ => self.address(building, unit, room),
                    };
                    text(sheet, row, 11, &written);
                }
                if fault.is_none() && first.is_none() {
                    first = Some(person);
                }
                self.plant(SHEETS[1], row, fault, 1);
                row += 1;
            }
        }
        first
    }

    fn registered_row(
        &mut self,
        sheet: &mut Worksheet,
        row: u32,
        member: u32,
        person: &Person,
        fault: Option<&str>,
    ) {
        self.name_and_number(sheet, row, (1, 3), person, fault);
        let sex = match (person.is_male, self.number(3)) {
            (true, 0) => "1",
            (true, _) => "男",
            (false, 0) => "2",
            (false, _) => "女",
        };
        text(sheet, row, 2, sex);
        // An impossible number has no birth to compare with.
        if fault.is_none_or(|fault| !fault.starts_with("id_")) {
            self.birth(sheet, row, 4, person);
        }
        let ethnic = self.pick(&["汉", "汉族", "01", "回族"]);
        text(sheet, row, 5, ethnic);
        let relation = if member == 0 {
            self.pick(&["户主", "本人", "02"])
        } else {
            self.pick(&["配偶", "长子", "女", "10"])
        };
        text(sheet, row, 6, relation);
        let education = self.pick(&["本科", "高中", "初中", "小学", "大专"]);
        text(sheet, row, 7, education);
        let political = self.pick(&["群众", "群众", "中共党员", "13"]);
        text(sheet, row, 8, political);
        let marital = self.pick(&["已婚", "未婚", "离异", "丧偶"]);
        text(sheet, row, 9, marital);
        self.phone(sheet, row, 10, person, fault);
        if self.number(10) == 0 {
            text(sheet, row, 12, "独居，需上门");
        }
    }

    /// People from elsewhere; with two rows that contradict earlier ones.
    fn migrants(&mut self, sheet: &mut Worksheet, twin: Option<&Person>) {
        let heads = [
            "姓名",
            "证件号码",
            "户籍地址",
            "居住地址",
            "联系方式",
            "人员类别",
            "工作单位",
        ];
        for (column, head) in (0_u16..).zip(heads) {
            text(sheet, 0, column, head);
        }
        let mut row = 1;
        for home in 0..self.size.migrant {
            let (building, unit, room) = self.home();
            let fault = self.fault();
            let person = self.person();
            self.name_and_number(sheet, row, (0, 1), &person, fault);
            let from = self.pick(&["安徽省阜阳市", "河南省商丘市", "江苏省盐城市"]);
            text(sheet, row, 2, from);
            let written = match fault {
                Some("address_unclear") => "租房".to_owned(),
                _ => self.address(building, unit, room),
            };
            text(sheet, row, 3, &written);
            self.phone(sheet, row, 4, &person, fault);
            text(sheet, row, 5, "流动人口");
            self.plant(SHEETS[2], row, fault, 1);
            row += 1;
            if home == 0
                && let Some(twin) = twin
            {
                // A person in two households, and two people with one number.
                for name in [twin.name.clone(), "钱多多".to_owned()] {
                    text(sheet, row, 0, &name);
                    text(sheet, row, 1, &twin.number);
                    text(sheet, row, 3, &format!("{building}-{unit}-{room}"));
                    self.made.rows += 1;
                    self.made.doubtful.insert((SHEETS[2], row + 1));
                    row += 1;
                }
            }
        }
    }

    fn name_and_number(
        &mut self,
        sheet: &mut Worksheet,
        row: u32,
        at: (u16, u16),
        person: &Person,
        fault: Option<&str>,
    ) {
        let (name_at, number_at) = at;
        match fault {
            Some("name_missing") => {}
            Some("name_character") => text(sheet, row, name_at, &format!("{}1", person.name)),
            _ => text(sheet, row, name_at, &person.name),
        }
        let number = &person.number;
        let written = match fault {
            Some("id_scientific") => {
                let damaged: f64 = number[..17].parse::<f64>().unwrap() * 10.0;
                sheet.write_number(row, number_at, damaged).unwrap();
                return;
            }
            Some("id_digits_lost") => digits_lost(number),
            Some("id_length") => number[..17].to_owned(),
            Some("id_format") => format!("32O{}", &number[3..]),
            Some("id_check") => {
                let last = number.chars().last().unwrap();
                format!("{}{}", &number[..17], if last == '7' { '8' } else { '7' })
            }
            Some("id_date") => {
                let body = format!("{}0230{}", &number[..10], &number[14..17]);
                format!("{body}{}", check(&body))
            }
            _ => match self.number(4) {
                0 => format!("'{number}"),
                1 => format!("{} {} {}", &number[..6], &number[6..14], &number[14..]),
                _ => number.clone(),
            },
        };
        text(sheet, row, number_at, &written);
    }

    fn phone(
        &mut self,
        sheet: &mut Worksheet,
        row: u32,
        at: u16,
        person: &Person,
        fault: Option<&str>,
    ) {
        let phone = &person.phone;
        if fault == Some("phone_wrong") {
            text(sheet, row, at, &phone[..10]);
            return;
        }
        match self.number(4) {
            0 => drop(
                sheet
                    .write_number(row, at, phone.parse::<f64>().unwrap())
                    .unwrap(),
            ),
            1 => text(
                sheet,
                row,
                at,
                &format!("{}-{}-{}", &phone[..3], &phone[3..7], &phone[7..]),
            ),
            2 => text(sheet, row, at, &format!("{phone}(本人)")),
            _ => text(sheet, row, at, phone),
        }
    }

    fn birth(&mut self, sheet: &mut Worksheet, row: u32, at: u16, person: &Person) {
        let (year, month, day) = person.birth;
        let written = match self.number(6) {
            0 => {
                let shown = Format::new().set_num_format("yyyy-mm-dd");
                let moment = ExcelDateTime::from_ymd(year, month, day).unwrap();
                sheet
                    .write_datetime_with_format(row, at, &moment, &shown)
                    .unwrap();
                return;
            }
            1 => format!("{year}-{month:02}-{day:02}"),
            2 => format!("{year}/{month}/{day}"),
            3 => format!("{year}.{month}.{day}"),
            4 => format!("{year}{month:02}{day:02}"),
            _ => format!("{year}年{month}月{day}日"),
        };
        text(sheet, row, at, &written);
    }

    fn address(&mut self, building: u32, unit: u32, room: u32) -> String {
        match self.number(4) {
            0 => format!("{building}-{unit}-{room}"),
            1 => format!("{building}幢{unit}单元{room}室"),
            2 => format!("新茂东苑{building}幢{unit}单元{room}室"),
            _ => format!("{building}#{unit}-{room}"),
        }
    }
}

fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    sheet.write_string(row, column, text).unwrap();
}

/// The check character of GB 11643.
fn check(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .chars()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit.to_digit(10).unwrap() * weight)
        .sum();
    "10X98765432".chars().nth((sum % 11) as usize).unwrap()
}

/// What Excel leaves of a number: fifteen digits and zeros, unless those happen to check.
fn digits_lost(number: &str) -> String {
    let body = format!("{}00", &number[..15]);
    if check(&body) == '0' {
        let other = if &number[14..15] == "8" { "9" } else { "8" };
        return format!("{}{other}000", &number[..14]);
    }
    format!("{body}0")
}
