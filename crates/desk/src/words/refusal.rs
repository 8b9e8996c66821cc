//! Refusals as sentences: what happened, what is safe, what to do next. Never a code alone.

use yichuang_domain::{cases::item::Role, office::staff::Action, refusal::Refusal};

use super::{Language, day, import, role, state, step};

/// The sentence of a refusal.
pub(crate) fn refusal(refusal: &Refusal, language: Language) -> String {
    let (zh, en) = sentences(refusal);
    language.pick(zh, en)
}

fn sentences(refusal: &Refusal) -> (String, String) {
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match refusal {
        Refusal::Length => both(
            "位数不对。已填内容都在。请核对后重输。",
            "The number of characters is wrong. Nothing is lost. Check it and type it again.",
        ),
        Refusal::Format => both(
            "有不该出现的字符（常见：字母O当成0）。已填内容都在。请核对后重输。",
            "It has a character it cannot have (often the letter O for 0). Nothing is lost. Check and type it again.",
        ),
        Refusal::Check => both(
            "末位校验对不上，多半是输错一位。已填内容都在。请核对后四位，或改选其他证件。",
            "The check character does not match: probably one digit is wrong. Nothing is lost. Check the last four, or choose another document.",
        ),
        Refusal::Date => both(
            "里面的日期不存在。已填内容都在。请照证件核对出生日期。",
            "The date in it does not exist. Nothing is lost. Check the date of birth against the document.",
        ),
        Refusal::Future => both(
            "里面的日期在今天之后。已填内容都在。请核对证件，或检查本机日期。",
            "The date in it is after today. Nothing is lost. Check the document, or this PC's date.",
        ),
        Refusal::Region => both(
            "前两位不是任何省份。已填内容都在。请核对前六位。",
            "No province has these first two digits. Nothing is lost. Check the first six.",
        ),
        Refusal::NameEmpty => both(
            "还没有填姓名。请照证件填写。",
            "The name is empty. Type it as on the document.",
        ),
        Refusal::NameTooLong { most } => (
            format!("姓名超过 {most} 个字。已填内容都在。请照证件核对。"),
            format!(
                "The name has more than {most} characters. Nothing is lost. Check it against the document."
            ),
        ),
        Refusal::NameCharacter { character } => (
            format!("姓名里有不能用的字符“{character}”。已填内容都在。请删掉后重输。"),
            format!(
                "The name has a character no name has (“{character}”). Nothing is lost. Remove it and type again."
            ),
        ),
        Refusal::NameMarks => both(
            "姓名里一个字上的附加符号太多。已填内容都在。请照证件重输。",
            "A letter of the name carries too many marks. Nothing is lost. Type it as on the document.",
        ),
        Refusal::TooLong { field: name, most } => (
            format!(
                "“{}”超过 {most} 个字。已填内容都在。请写短一些。",
                field(name, Language::Zh)
            ),
            format!(
                "“{}” has more than {most} characters. Nothing is lost. Make it shorter.",
                field(name, Language::En)
            ),
        ),
        Refusal::TextCharacter { field: name } => (
            format!(
                "“{}”里有看不见的控制字符。已填内容都在。请删掉后重输。",
                field(name, Language::Zh)
            ),
            format!(
                "“{}” has invisible control characters. Nothing is lost. Remove them and type again.",
                field(name, Language::En)
            ),
        ),
        Refusal::FieldMissing { field: name } => (
            format!(
                "还差“{}”。已填内容都在。请补上。",
                field(name, Language::Zh)
            ),
            format!(
                "“{}” is missing. Nothing is lost. Please fill it in.",
                field(name, Language::En)
            ),
        ),
        Refusal::BadInput { problem } => (
            format!(
                "输入的格式不对：{problem}。什么都没有改动。用 yichuang calls 可看每个调用要什么。"
            ),
            format!(
                "The input has the wrong form: {problem}. Nothing was changed. `yichuang calls` shows what each call takes."
            ),
        ),
        Refusal::TooLarge { most_bytes } => (
            format!("输入超过 {most_bytes} 字节。什么都没有改动。请分成小份。"),
            format!("The input is larger than {most_bytes} bytes. Nothing was changed. Split it."),
        ),
        Refusal::UnknownCall { similar } if similar.is_empty() => both(
            "没有这个调用。什么都没有改动。用 yichuang calls 可看全部调用。",
            "There is no such call. Nothing was changed. `yichuang calls` lists them all.",
        ),
        Refusal::UnknownCall { similar } => (
            format!(
                "没有这个调用。什么都没有改动。相近的：{}。",
                similar.join("、")
            ),
            format!(
                "There is no such call. Nothing was changed. Similar: {}.",
                similar.join(", ")
            ),
        ),
        Refusal::AddressUnclear => both(
            "看不出是哪幢哪室。已填内容都在。请按 12-3-502 或 12幢3单元502室 填写。",
            "No building and room can be read from this. Nothing is lost. Write it like 12-3-502.",
        ),
        Refusal::CalendarEnds => both(
            "日期超出工作日历的范围。什么都没有改动。请核对日期。",
            "The date is out of the calendar's reach. Nothing was changed. Check the date.",
        ),
        Refusal::NoHub => both(
            "本机还没有加入总库。记录都在本机。请向总库管理员要一个加入码，再运行加入。",
            "This desk has joined no hub. Everything is on this desk. Ask the hub's keeper for a code and join.",
        ),
        Refusal::HubAway => both(
            "总库没有应答，可能是断网或总库没有开机。记录都在本机，可以照常办理。请稍后再试。",
            "The hub does not answer: no network, or the hub is off. Everything is on this desk; work goes on. Try again later.",
        ),
        Refusal::HubStranger => both(
            "应答的不是原来的总库（钥匙不对），没有发送任何内容。请核对地址和钥匙，并告知总库管理员。",
            "Whoever answers does not have the hub's key; nothing was sent. Check address and key, and tell the hub's keeper.",
        ),
        Refusal::HubDisagrees => both(
            "总库的应答看不懂，或与它以前说的不一致。记录都在本机，没有改动。请告知总库管理员。",
            "What the hub says cannot be read, or contradicts what it said before. Everything is on this desk, unchanged. Tell the hub's keeper.",
        ),
        Refusal::DeviceTurnedAway => both(
            "总库已停用本机。记录都在本机。要继续同步，请向总库管理员要新的加入码。",
            "The hub has taken this desk out of service. Everything is on this desk. Ask the hub's keeper for a new code to go on.",
        ),
        Refusal::DeviceDoubled => both(
            "总库里已有另一台机器用了本机的身份（本机可能是从旧备份恢复或复制来的）。记录都在本机。请让本机作为新机重新加入。",
            "Another machine, or a later time of this one, has this desk's identity at the hub. Everything is on this desk. Let it join again as a new desk.",
        ),
        Refusal::OtherVersion => both(
            "本机与总库的版本不相通。记录都在本机，可以照常办理。请先升级总库，再升级本机。",
            "This desk and the hub are of versions that do not understand each other. Everything is on this desk; work goes on. Upgrade the hub first, then this desk.",
        ),
        Refusal::CodeRefused => both(
            "加入码不对、用过或过了十分钟。什么都没有改动。请向总库管理员要一个新的。",
            "The code is wrong, used, or older than ten minutes. Nothing was changed. Ask the hub's keeper for a new one.",
        ),
        Refusal::OtherCommunity => both(
            "这个加入码属于另一个社区。什么都没有改动。请核对社区名称后要一个新的。",
            "The code is for another community. Nothing was changed. Check the community's name and ask for a new one.",
        ),
        Refusal::CommunityNotBrought => both(
            "总库里还没有这个社区。什么都没有改动。请先让建立社区的那台机器加入。",
            "The hub does not have this community yet. Nothing was changed. Let the desk that founded it join first.",
        ),
        Refusal::NoStationLeft => both(
            "机器字母 A 到 Z 已经用完。什么都没有改动。请告知技术人员。",
            "All station letters from A to Z are given. Nothing was changed. Tell a technician.",
        ),
        Refusal::StickUnreadable => both(
            "这个文件不是总库给本机的答复，或已损坏。什么都没有改动。请核对文件，或重新导出一次。",
            "This file is no answer of the hub to this desk, or it is damaged. Nothing was changed. Check the file, or export once more.",
        ),
        Refusal::StickStale => both(
            "这份答复接不上本机现在的记录（本机后来同步过，或文件太旧）。已有的都在。请重新导出，再到总库换一份。",
            "This answer does not go on where this desk stands: it is old, or the desk has synced since. Everything is there. Export once more and get a new answer.",
        ),
        Refusal::Locked => both(
            "本机已锁定。草稿和记录都在。请先输入密码解锁。",
            "This desk is locked. Drafts and records are safe. Unlock it with a password first.",
        ),
        Refusal::Shaded => both(
            "屏幕已遮住。草稿和记录都在。请输入 PIN 继续。",
            "The screen is shaded. Drafts and records are safe. Type the PIN to go on.",
        ),
        Refusal::NotPermitted { action, role: who } => (
            format!(
                "{}不能{}。什么都没有改动。请找主管。",
                role(*who, Language::Zh),
                action_words(*action, Language::Zh)
            ),
            format!(
                "A {} may not {}. Nothing was changed. Ask the supervisor.",
                role(*who, Language::En).to_lowercase(),
                action_words(*action, Language::En)
            ),
        ),
        Refusal::WrongPassword {
            tries_left,
            wait_s: 0,
        } => (
            format!("密码不对。还可以试 {tries_left} 次，之后要等待。记录都在。"),
            format!(
                "The password is wrong. {tries_left} more tries before a pause. Records are safe."
            ),
        ),
        Refusal::WrongPassword { wait_s, .. } | Refusal::Wait { wait_s } => (
            format!("密码错误次数多，请等 {wait_s} 秒再试。记录都在。忘了密码可用密码信封。"),
            format!(
                "Too many wrong passwords: wait {wait_s} seconds. Records are safe. The sealed envelope helps if it is forgotten."
            ),
        ),
        Refusal::LockedOut => both(
            "第十次密码错误，此人已停用。记录都在。请同事拿密码信封来恢复。",
            "The tenth wrong password locked this person out. Records are safe. A colleague with the sealed envelope can restore access.",
        ),
        Refusal::KeyStoreForgot => both(
            "这台电脑的密钥库里没有本机的密钥了，所以密码打不开，不是您输错。记录和草稿都在。请拆密码信封，用里面的恢复码设新密码。",
            "This PC's key store no longer has this desk's secret, so no password opens it; you typed nothing wrong. Records and drafts are safe. Open the sealed envelope and set a new password with its code.",
        ),
        Refusal::WrongCode => both(
            "恢复码对不上。什么都没有改动。请照信封逐组核对；换过码的，用最新的信封。",
            "The code of the sealed envelope does not match. Nothing was changed. Compare it group by group; if it was replaced, use the latest envelope.",
        ),
        Refusal::ColleagueMissing => both(
            "用恢复码设新密码要有一位同事在场。什么都没有改动。请另一位同事输入自己的密码。",
            "Setting a password with the code needs a colleague. Nothing was changed. Ask another colleague to type their own password.",
        ),
        Refusal::WrongPin { tries_left } => (
            format!("PIN 不对，还可以试 {tries_left} 次，之后要用密码。草稿都在。"),
            format!(
                "The PIN is wrong: {tries_left} more tries, then the password. Drafts are safe."
            ),
        ),
        Refusal::WeakPassword => both(
            "这个密码容易被猜到。至少 8 个字符，用几个不相关的词最好，不要用姓名和社区名。",
            "This password is easy to guess. At least 8 characters; a few unrelated words are best; no names.",
        ),
        Refusal::UnknownStaff => both(
            "本机没有这个人。请核对姓名。",
            "Nobody of this name works on this desk. Check the name.",
        ),
        Refusal::SameStaffName => both(
            "两个人的姓名相同。请加以区分，例如“王丽（大）”。",
            "Two people have the same name. Tell them apart, for example by adding a word.",
        ),
        Refusal::NotFounded => both(
            "这里还没有社区。请先建立：yichuang init，或在窗口里按提示填写。",
            "There is no community here yet. Found one first: `yichuang init`, or follow the set-up screen.",
        ),
        Refusal::AlreadyFounded => both(
            "这里已经有社区了，没有改动。要新建请另选数据文件夹。",
            "There is a community here already; nothing was changed. Choose another data folder for a new one.",
        ),
        Refusal::UnknownRecord { .. } => both(
            "没有找到这条记录。请重新搜索。",
            "This record was not found. Search again.",
        ),
        Refusal::SameIdNumber { .. } => both(
            "这个证件号已登记在另一人名下。已填内容都在。请打开那个人核对，别重复登记。",
            "Another person has this ID number already. Nothing is lost. Open that person and compare; do not register twice.",
        ),
        Refusal::NotEntitledToTag => both(
            "这类信息只对办理它的条线专干和主管开放。什么都没有改动。工作上需要的，请他们办。",
            "This information is open only to the specialist and the supervisor who handle it. Nothing was changed. If the work needs it, ask them.",
        ),
        Refusal::KeyNotShared => both(
            "您有权查看，但密钥还没有交到您手里。什么都没有改动。请已能查看的同事打开一次受限信息，再试。",
            "You are entitled to it, but the key has not been handed on to you. Nothing was changed. Ask a colleague who can to open restricted information once, then try again.",
        ),
        Refusal::SheetNeedsKeyHolder => both(
            "这里有受限信息，新的密码信封要由能查看它的人（主管或条线专干）来换，不然以后凭新信封打不开这些信息。什么都没有改动，旧信封仍然有效。请他们来换。",
            "There is restricted information here. Somebody who can open it (a supervisor or a specialist) must make the new sheet, or it would not open that information later. Nothing was changed and the old sheet still works. Ask one of them.",
        ),
        Refusal::UnknownTag => both(
            "没有这个特殊群体标签。什么都没有改动。请重新打开居民页核对。",
            "There is no such care group here. Nothing was changed. Open the resident's page again and compare.",
        ),
        Refusal::TagThere => both(
            "这位居民已经有这个标签。什么都没有改动。日期不对的，先结束旧的再加。",
            "The resident is in this care group already. Nothing was changed. If the dates are wrong, end the old one first.",
        ),
        Refusal::UnknownItem { code } => (
            format!("事项清单里没有 {code}。请用名称、拼音或编码重新查找。"),
            format!("There is no item {code}. Search by name, pinyin or code."),
        ),
        Refusal::UnknownCase => both(
            "没有找到这个办件号。请核对后重输。",
            "There is no case of this number. Check it and type again.",
        ),
        Refusal::UnknownPaper => both(
            "没有找到这张文书。请核对编号。",
            "There is no paper of this number. Check it.",
        ),
        Refusal::BannedCertificate { name, department } => (
            format!("{name}不由社区出具，应找{department}。没有建办件。请出引导告知单。"),
            format!(
                "A community does not issue “{name}”: {department} does. No case was made. Give a referral slip."
            ),
        ),
        Refusal::WrongState { is, step: wanted } => (
            format!(
                "此件现在是“{}”，不能“{}”。什么都没有改动。请看办理记录。",
                state(*is, Role::Decides, Language::Zh),
                step(*wanted, Role::Decides, Language::Zh)
            ),
            format!(
                "This case is “{}”: “{}” is not possible. Nothing was changed. See its record.",
                state(*is, Role::Decides, Language::En),
                step(*wanted, Role::Decides, Language::En)
            ),
        ),
        Refusal::Stale { by, what } => (
            format!("{by}刚改过此记录（{what}）。本次填写都在，没有写入。请刷新对照后再办。"),
            format!(
                "{by} has just changed this record ({what}). What you typed is kept and was not written. Reload, compare and go on."
            ),
        ),
        Refusal::IdentityMissing => both(
            "还没有核对身份。已填内容都在。按 1–4 选一种方式核对。",
            "The identity is not checked yet. Nothing is lost. Press 1–4 to choose how.",
        ),
        Refusal::IdentityDiffers => both(
            "末四位与登记的不一样。先别办理。请核对证件，或重新找人。",
            "The last four are not those in the register. Stop here. Check the document, or search the person again.",
        ),
        Refusal::IdentityUnknown => both(
            "登记里没有此人的证件号，不能核对末四位。请刷证补登，或选“熟识或无证件”写明原因。",
            "The register has no ID number of this person to compare with. Read the card, or choose “known or none” with a reason.",
        ),
        Refusal::ReasonMissing => both(
            "还要写明原因。已填内容都在。",
            "A reason is needed. Nothing is lost.",
        ),
        Refusal::NothingReceived => both(
            "一份材料也没有收到，也没有写情况说明。只问不办的，请记咨询（Alt+N 4）。",
            "No paper came and nothing was stated. If it is a question only, record an enquiry (Alt+N 4).",
        ),
        Refusal::UnknownMaterial { code } => (
            format!("此事项没有材料 {code}。什么都没有改动。请按清单勾选。"),
            format!("This item has no material {code}. Nothing was changed. Tick from the list."),
        ),
        Refusal::MaterialsMissing { missing } => (
            format!(
                "还缺：{}。已填内容都在。请出一次性告知，或补齐再受理。",
                Language::Zh.list(missing)
            ),
            format!(
                "Missing: {}. Nothing is lost. Give the one-time notice, or accept when all is here.",
                Language::En.list(missing)
            ),
        ),
        Refusal::NothingMissing => both(
            "没有缺的材料，不用告知补正。可以直接受理。",
            "Nothing is missing, so there is nothing to ask for. Accept it.",
        ),
        Refusal::NoticeIncomplete { missing } => (
            format!(
                "告知单只发一次，要写全。还没写上：{}。",
                Language::Zh.list(missing)
            ),
            format!(
                "The notice goes out once and must be complete. Not on it yet: {}.",
                Language::En.list(missing)
            ),
        ),
        Refusal::SecondNotice => both(
            "补正告知只能发一次。要再发须主管写明原因。已填内容都在。",
            "A supplement notice goes out once. Another needs a supervisor with a reason. Nothing is lost.",
        ),
        Refusal::NotDeferrable { materials } => (
            format!(
                "这些不可容缺：{}。已填内容都在。请出一次性告知。",
                Language::Zh.list(materials)
            ),
            format!(
                "These may not follow later: {}. Nothing is lost. Give the one-time notice.",
                Language::En.list(materials)
            ),
        ),
        Refusal::PromiseNotSigned => both(
            "容缺承诺书还没有签。先打印承诺书，请申请人签字后再受理。",
            "The promise is not signed yet. Print it, let the applicant sign, then accept.",
        ),
        Refusal::OwedTooLate { last } => (
            format!(
                "补齐日最晚 {}，不能晚于到期日，也不能早于今天。",
                day(*last, Language::Zh)
            ),
            format!(
                "Owed papers may be due on {} at the latest, and not before today.",
                day(*last, Language::En)
            ),
        ),
        Refusal::StillOwed { materials } => (
            format!(
                "还欠：{}。补齐后才能办结为准予。",
                Language::Zh.list(materials)
            ),
            format!(
                "Still owed: {}. It can be approved once they are here.",
                Language::En.list(materials)
            ),
        ),
        Refusal::OnlyCollected => both(
            "此事项由部门受理，本窗口只代收，不能不予受理。请出引导告知单。",
            "The department accepts this item; we only collect and cannot refuse. Give a referral slip.",
        ),
        Refusal::NotForwarded => both(
            "此事项由社区自己办理，不用转办。",
            "The community decides this item itself: there is nobody to forward to.",
        ),
        Refusal::NotInstant => both(
            "承诺件不能当场办结。请先受理。",
            "This item needs a review and cannot be finished at once. Accept it first.",
        ),
        Refusal::SerialMissing => both(
            "没有部门流水号，不能当场办结。可以先收件，时间有效；拿到后在“待录入”办结。",
            "Without the department's serial number this cannot finish now. Receive it: the time counts. Finish it later under To be entered.",
        ),
        Refusal::DepartmentAcceptedAlready => both(
            "部门受理日已登记过。要改请用更正。",
            "The department's acceptance is recorded already. Use a correction to change it.",
        ),
        Refusal::NotYet { last } => (
            format!("最后一天是 {}，还没有过。", day(*last, Language::Zh)),
            format!(
                "The last day is {} and has not passed.",
                day(*last, Language::En)
            ),
        ),
        Refusal::CallMissing => both(
            "先打电话给居民，并写下通话情况，才能退件。",
            "Call the resident first and note the call; then it can be returned.",
        ),
        Refusal::ApproverNotEntitled => both(
            "批准人要是主管，且不能是经办人本人。",
            "The approver must be a supervisor and somebody else.",
        ),
        Refusal::AlreadyExtended => both(
            "此件已延期一次，不能再延。",
            "It was extended once already and cannot be again.",
        ),
        Refusal::PastDue { due } => (
            format!("到期日 {} 当天起就不能再延期。", day(*due, Language::Zh)),
            format!(
                "An extension must come before the due day, {}.",
                day(*due, Language::En)
            ),
        ),
        Refusal::AgentNotAllowed => both(
            "此事项须本人到场，不能代办。",
            "This item bars agents: the person must come.",
        ),
        Refusal::ProxyExpired { until } => (
            format!("委托书 {} 已到期。请重新出具。", day(*until, Language::Zh)),
            format!(
                "The proxy ran out on {}. A new one is needed.",
                day(*until, Language::En)
            ),
        ),
        Refusal::NotEntitled => both(
            "签收人既不是申请人，也不是有委托的代办人。",
            "The recipient is neither the applicant nor an entitled agent.",
        ),
        Refusal::WrongDay => both(
            "日期不对：不能在今天之后，也不能早于前一步。",
            "The day is wrong: not after today, and not before the step it follows.",
        ),
        Refusal::CorrectionTooLate => both(
            "只能由经办人当天更正。过后请主管作废，新件保留收件日。",
            "Only its clerk may correct it, on the same day. Later a supervisor voids it; a new case keeps the receipt date.",
        ),
        Refusal::NothingToCorrect => both("没有可以更正的步骤。", "There is no step to take back."),
        Refusal::FontsMissing { package } => (
            format!("打印字体没有安装（{package}）。办件有效，文书可以后补打。"),
            format!(
                "The printing fonts are not installed ({package}). The case is valid; print later."
            ),
        ),
        Refusal::NoGlyph { character } => (
            format!("打印字体里没有“{character}”这个字。办件有效。请手写此字，并告知技术人员。"),
            format!(
                "The printing fonts have no “{character}”. The case is valid. Write it by hand and tell the technician."
            ),
        ),
        Refusal::NoPrinter => both(
            "没有找到打印机，没有打出。办件有效，文书在“待补打”。可先存为 PDF。",
            "No printer was found; nothing printed. The case is valid, the paper waits under To print. You can save it as PDF.",
        ),
        Refusal::NoPrinterForSheet => both(
            "没有找到打印机，恢复单没有打出。恢复码还在屏幕上：请抄在纸上，封进信封；或接好打印机再打。",
            "No printer was found; the recovery sheet was not printed. Its code is still on the screen: write it down and seal it in an envelope, or connect a printer and print again.",
        ),
        Refusal::DiskNearlyFull { free_mb } => (
            format!(
                "磁盘只剩 {free_mb} MB，暂停新的受理和登记。记录和草稿都在，查询、办结、打印照常。请清出空间，腾出后自动恢复。"
            ),
            format!(
                "Only {free_mb} MB are left on the disk: nothing new is taken in. Records and drafts are safe; looking up, finishing and printing go on. Make room and it goes on by itself."
            ),
        ),
        Refusal::Backup { problem } => {
            let (zh, en) = super::backup::problem(*problem);
            both(zh, en)
        }
        Refusal::FileRefused { file, trouble } => import::file_trouble(file, trouble),
        Refusal::ColumnsRefused { error } => import::columns_refused(error),
        Refusal::NoImport => both(
            "没有这次导入，或已经结束。已入库的内容没有变化。请重新选择文件。",
            "There is no such import, or it has ended. Nothing that was taken in has changed. Choose the file again.",
        ),
        Refusal::DayUnsure { clock, last } => (
            format!(
                "本机日期是 {clock}，早于最近一次记录的 {last}。请校准时钟，或确认今天的日期。"
            ),
            format!(
                "This PC says {clock}, before the last record of {last}. Set the clock, or confirm today's date."
            ),
        ),
    }
}

fn action_words(action: Action, language: Language) -> &'static str {
    let (zh, en) = match action {
        Action::ReadRegister => ("查看居民登记", "see the register"),
        Action::WriteRegister => ("修改居民登记", "change the register"),
        Action::Reveal => ("查看完整信息", "see full values"),
        Action::ReadCases => ("查看办件", "see cases"),
        Action::HandleCases => ("办理", "handle cases"),
        Action::OverrideNotice => ("再次发补正告知", "give a second notice"),
        Action::Void => ("作废", "void"),
        Action::ApproveExtension => ("批准延期", "approve an extension"),
        Action::SetDuty => ("登记在岗", "set duty"),
        Action::Settings => ("修改设置", "change settings"),
        Action::Verify => ("核验记录", "verify the records"),
    };
    language.pick(zh, en)
}

/// A field of an input in words.
pub(crate) fn field(name: &str, language: Language) -> String {
    let (zh, en) = match name {
        "reason" => ("原因", "Reason"),
        "text" => ("说明", "Text"),
        "call" => ("通话记录", "Call"),
        "batch" => ("清单号或批次号", "List or batch number"),
        "external_number" => ("部门编号", "Department's number"),
        "proof" => ("签收情况或单号", "Signature or tracking number"),
        "approver" => ("批准人", "Approver"),
        "days" => ("天数", "Days"),
        "expected_days" => ("预计天数", "Expected days"),
        "procedure" => ("程序", "Procedure"),
        "cause" => ("原因", "Cause"),
        "note" | "statement" => ("情况说明", "Statement"),
        "outcome" => ("结果", "Outcome"),
        "on" => ("日期", "Day"),
        "last_day" => ("最后补齐日", "Last day"),
        "listed" => ("补正清单", "Lines of the notice"),
        "brought" => ("收到的材料", "Papers that came"),
        "others" => ("部门另列的材料", "Other papers"),
        "method" => ("送达方式", "Method"),
        "recipient" => ("领取人", "Recipient"),
        "signed_by" => ("签字人", "Signed by"),
        "by" => ("谁送来的", "Brought by"),
        "ground" => ("不予受理原因", "Ground"),
        "basis" => ("依据", "Legal basis"),
        "go_to" => ("应去的部门", "Where to go"),
        "promise_signed" => ("承诺书已签", "Promise signed"),
        "owed" => ("容缺材料", "Papers to follow"),
        "result" => ("办理结果", "Result"),
        "override_reason" => ("再次告知的原因", "Reason for a second notice"),
        "agent_name" => ("代办人姓名", "Agent's name"),
        "relation" => ("与申请人关系", "Relation"),
        "proxy_until" => ("委托书有效期", "Proxy valid until"),
        "source" => ("来源", "Source"),
        "name" => ("姓名", "Name"),
        "question" => ("咨询内容", "Question"),
        "department" => ("部门", "Department"),
        "community" => ("社区名称", "Community"),
        "password" => ("密码", "Password"),
        "code" => ("恢复码", "Recovery code"),
        "colleague" => ("在场的同事", "Colleague"),
        "colleague_password" => ("同事的密码", "The colleague's password"),
        "file" => ("备份文件", "Backup file"),
        "pin" => ("PIN", "PIN"),
        other => return other.to_owned(),
    };
    language.pick(zh, en).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_says_something_in_both_languages() {
        let some = [
            Refusal::Check,
            Refusal::MaterialsMissing {
                missing: vec!["业务申请表".to_owned()],
            },
            Refusal::WrongPassword {
                tries_left: 2,
                wait_s: 0,
            },
            Refusal::Stale {
                by: "李强".to_owned(),
                what: "受理".to_owned(),
            },
        ];
        for one in some {
            let (zh, en) = (refusal(&one, Language::Zh), refusal(&one, Language::En));
            assert!(zh.chars().count() > 8 && en.len() > 20, "{zh} {en}");
            assert_ne!(zh, en);
        }
    }
}
