// Made from the desk's list of calls: `cargo xtask bindings`. Do not edit by hand.

/**
 * A button of a case page.
 */
export type ActionView = { 
/**
 * The call it makes, with `case` and `seen` added.
 */
call: string, 
/**
 * The step.
 */
step: Step, 
/**
 * What stands on it.
 */
label: string, 
/**
 * Whether it is the likely next step (Ctrl+Enter).
 */
primary: boolean, 
/**
 * What to ask first.
 */
asks: Array<Ask>, };

/**
 * Who comes for the applicant (代办人). Nobody is the usual case.
 */
export type Agent = { 
/**
 * 亲属 or 委托.
 */
kind: AgentKind, 
/**
 * Their name.
 */
name: string, 
/**
 * Their masked number, as printed.
 */
id_masked: string, 
/**
 * What they are to the applicant.
 */
relation: string, 
/**
 * How to reach them.
 */
phone: string, 
/**
 * The last day of the proxy (委托书); kin need none.
 */
proxy_until?: string, };

/**
 * Who comes for the applicant, as the clerk types it.
 */
export type AgentInput = { 
/**
 * 亲属 or 委托.
 */
kind: AgentKind, 
/**
 * Their name.
 */
name: string, 
/**
 * Their ID number; kept masked.
 */
id_number?: string, 
/**
 * What they are to the applicant.
 */
relation?: string, 
/**
 * How to reach them.
 */
phone?: string, 
/**
 * The proxy's last day.
 */
proxy_until?: string, };

/**
 * On what ground an agent acts.
 */
export type AgentKind = "kin" | "proxy";

/**
 * What a button needs to know before it can act.
 */
export type Ask = { 
/**
 * The input field it fills.
 */
field: string, 
/**
 * How it is asked.
 */
kind: AskKind, 
/**
 * What stands beside it.
 */
label: string, 
/**
 * Whether it may stay empty.
 */
required: boolean, 
/**
 * The choices, for a choice.
 */
choices: Array<Choice>, 
/**
 * What it starts with.
 */
value: string, };

/**
 * How something is asked.
 */
export type AskKind = "text" | "remark" | "day" | "number" | "choice" | "brought" | "listed" | "go_to" | "tick";

/**
 * A backup that was made.
 */
export type BackupMade = { 
/**
 * "2026-11-24 12:00".
 */
at: string, 
/**
 * The file.
 */
file: string, 
/**
 * How long it is.
 */
bytes: number, 
/**
 * How many commits it holds.
 */
commits: number, };

/**
 * How far a backup is: each byte is written once and read back once.
 */
export type BackupProgress = { 
/**
 * Bytes done.
 */
done: number, 
/**
 * Bytes to do.
 */
total: number, };

/**
 * How backups stand.
 */
export type BackupView = { 
/**
 * Where they go.
 */
folder: string | null, 
/**
 * The folder lies on the disk of the records: one broken disk takes both.
 */
same_disk: boolean, 
/**
 * Sticks and disks that are plugged in.
 */
places: Array<string>, 
/**
 * How far the one is that is being made.
 */
running: BackupProgress | null, 
/**
 * The last one.
 */
last: BackupMade | null, 
/**
 * What went wrong since then, and what to do.
 */
failure: string | null, 
/**
 * That there is none, or none for a day; as the home page says it.
 */
warning: string | null, 
/**
 * Somebody said "not yet" at set-up.
 */
put_off: boolean, 
/**
 * A printed sheet is in use that opens backups.
 */
has_sheet: boolean, };

/**
 * Where to send somebody who asks for a banned certificate.
 */
export type BannedHit = { 
/**
 * Its number on the national list.
 */
no: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Who issues it, or what stands in for it.
 */
department: string, 
/**
 * What the referral slip says.
 */
slip: BannedSlip, };

/**
 * A referral for a banned certificate, in Chinese as every paper.
 */
export type BannedSlip = { 
/**
 * The certificate's name.
 */
name: string, 
/**
 * Where to go.
 */
department: string, 
/**
 * What to take along.
 */
take: Array<string>, };

/**
 * A name in Chinese and English.
 */
export type Bilingual = { 
/**
 * The Chinese text.
 */
zh: string, 
/**
 * The English text.
 */
en: string, };

/**
 * A material that was on the counter.
 */
export type Brought = { 
/**
 * The material's code.
 */
material: string, 
/**
 * How it came.
 */
how: BroughtAs, 
/**
 * Pages counted.
 */
pages: number, };

/**
 * How a material came.
 */
export type BroughtAs = "paper" | "electronic_certificate";

/**
 * The years.
 */
export type CalendarView = { 
/**
 * Those with a notice, or with what the law fixes.
 */
years: Array<YearKnown>, };

/**
 * A care group to choose from.
 */
export type CareGroup = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it is shown only to whoever gives a reason.
 */
is_restricted: boolean, };

/**
 * A case on a list.
 */
export type CaseBrief = { 
/**
 * Its id.
 */
case: string, 
/**
 * Its number.
 */
number: string, 
/**
 * The item's name, or 受限事项 for those not entitled.
 */
title: string, 
/**
 * Whose; masked while a resident is being served.
 */
name: string, 
/**
 * Where it stands.
 */
state: State, 
/**
 * In words.
 */
state_text: string, 
/**
 * The day that binds, once it has one.
 */
due: string | null, 
/**
 * Its light; closed cases have none.
 */
light: LightView | null, 
/**
 * 等谁.
 */
waiting_for: string, 
/**
 * The day it was received.
 */
received_on: string, };

/**
 * Which cases.
 */
export type CaseFilter = "open" | "all" | "due" | "overdue" | "to_forward" | "to_enter" | "supplement" | "to_pick_up" | "to_print";

/**
 * A case, whole.
 */
export type CaseView = { 
/**
 * Its id.
 */
case: string, 
/**
 * Its number.
 */
number: string, 
/**
 * What the screen has seen: send it back with the next step.
 */
seen: Seen, 
/**
 * Where it stands.
 */
state: State, 
/**
 * In words.
 */
state_text: string, 
/**
 * 作废.
 */
is_void: boolean, 
/**
 * The item as it stood at receipt.
 */
item: ItemView, 
/**
 * The item's name, or 受限事项.
 */
title: string, 
/**
 * 办理对象.
 */
concerning: Concerning, 
/**
 * The applicant.
 */
applicant: PartyView, 
/**
 * The agent.
 */
agent: Agent | null, 
/**
 * How identity was checked, in words.
 */
identity: string, 
/**
 * What the applicant stated.
 */
statement: string, 
/**
 * Service mode.
 */
mode: Mode, 
/**
 * 待录入.
 */
to_enter: boolean, 
/**
 * Who took it in.
 */
clerk: string, 
/**
 * The day of receipt.
 */
received_on: string, 
/**
 * The last day to answer.
 */
notice_by: string, 
/**
 * What the resident shows to pick up.
 */
pick_up_code: string, 
/**
 * The day that binds.
 */
due: string | null, 
/**
 * The days told to the applicant.
 */
term: Term | null, 
/**
 * The day it counts as accepted from, because nobody answered in time.
 */
deemed_on: string | null, 
/**
 * Its light.
 */
light: LightView | null, 
/**
 * How the due day came about, in one line.
 */
due_text: string, 
/**
 * Day by day.
 */
because: Array<DueDay>, 
/**
 * 等谁.
 */
waiting_for: string, 
/**
 * The checklist.
 */
materials: Array<MaterialView>, 
/**
 * Open lines of the notice in force.
 */
listed: Array<Listed>, 
/**
 * The notice's last day.
 */
supplement_by: string | null, 
/**
 * What is owed after a deferral.
 */
owed: Array<Owed>, 
/**
 * The record.
 */
timeline: Array<TimelineView>, 
/**
 * The papers.
 */
papers: Array<PaperView>, 
/**
 * What may be done now, the likeliest first.
 */
actions: Array<ActionView>, 
/**
 * Whether Ctrl+Z takes back the last step.
 */
can_undo: boolean, };

/**
 * A list of cases.
 */
export type CasesView = { 
/**
 * The rows.
 */
cases: Array<CaseBrief>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * What a credit code says.
 */
export type CheckedCreditCode = { 
/**
 * In its normal form.
 */
normal: string, 
/**
 * The six digits of the region.
 */
region: string, 
/**
 * The organisation code inside.
 */
organisation_code: string, 
/**
 * Whether the organisation code's own check character is right.
 */
is_organisation_code_right: boolean, };

/**
 * What an identity number says.
 */
export type CheckedId = { 
/**
 * In its normal form.
 */
number: string, 
/**
 * Of which document.
 */
kind: IdKind, 
/**
 * The birth it says.
 */
birth: string | null, 
/**
 * Code of GB/T 2261.1: "1" male, "2" female.
 */
sex: string | null, 
/**
 * The six digits of the region, where it has them.
 */
region: string | null, 
/**
 * The region's name, as it was called then.
 */
region_name: string | null, 
/**
 * The age on the day.
 */
age: number | null, 
/**
 * The masked number.
 */
masked: string, 
/**
 * The 18-digit form of an old number.
 */
upgraded: string | null, 
/**
 * What is odd but no error.
 */
warnings: Array<IdWarning>, };

/**
 * How good a password is.
 */
export type CheckedPassword = { 
/**
 * 0 to 4.
 */
score: number, 
/**
 * Whether it will do.
 */
ok: boolean, 
/**
 * What to do better, as a sentence.
 */
problem: string | null, };

/**
 * What a telephone number says.
 */
export type CheckedPhone = { 
/**
 * In its normal form.
 */
normal: string, 
/**
 * Mobile, landline or foreign.
 */
kind: PhoneKind, 
/**
 * With its country code.
 */
e164: string, 
/**
 * The masked number.
 */
masked: string, 
/**
 * What is odd but no error.
 */
warnings: Array<PhoneWarning>, };

/**
 * One of several.
 */
export type Choice = { 
/**
 * What is sent.
 */
value: string, 
/**
 * What is read.
 */
label: string, };

/**
 * Something a column can hold.
 */
export type ChoiceView = { 
/**
 * What.
 */
field: Field, 
/**
 * In words.
 */
name: string, };

/**
 * A column.
 */
export type ColumnView = { 
/**
 * Its letters.
 */
letters: string, 
/**
 * What stands above it.
 */
title: string, 
/**
 * What it holds; nothing when it is left out.
 */
field: Field | null, 
/**
 * Which of the row's people it speaks of, from 1.
 */
member: number, 
/**
 * How sure that is, 0–100.
 */
confidence: number, 
/**
 * A few values, masked.
 */
samples: Array<string>, };

/**
 * Same or not.
 */
export type ComparedIdentity = { 
/**
 * Whether they are the same.
 */
same: boolean, };

/**
 * What the matter is about (办理对象).
 */
export type Concerning = { 
/**
 * Which kind of object.
 */
kind: ConcerningKind, 
/**
 * Its name.
 */
name: string, 
/**
 * The person in the register, where there is one.
 */
person?: string, };

/**
 * Kinds of 办理对象.
 */
export type ConcerningKind = "applicant" | "person" | "child" | "deceased" | "household" | "organisation";

/**
 * One of the values.
 */
export type ConflictValueView = { 
/**
 * The value, where the list may show it.
 */
value: unknown, 
/**
 * Who wrote it.
 */
by: string, 
/**
 * The desk's letter.
 */
station: string | null, 
/**
 * When, by that desk's clock.
 */
at: string, };

/**
 * A field with two values.
 */
export type ConflictView = { 
/**
 * The kind of record.
 */
kind: string, 
/**
 * The record.
 */
id: string, 
/**
 * The person's name or the case's number.
 */
label: string, 
/**
 * The field.
 */
field: string, 
/**
 * The values; the last is the one shown meanwhile.
 */
values: Array<ConflictValueView>, };

/**
 * What waits.
 */
export type ConflictsView = { 
/**
 * Fields with two values that nobody compared.
 */
fields: Array<ConflictView>, 
/**
 * Steps of cases that the state did not allow when they met.
 */
steps: Array<StrandedStepView>, };

/**
 * Where the count ended.
 */
export type CountedDays = { 
/**
 * The last of the days.
 */
date: string, 
/**
 * 暂定.
 */
provisional: boolean, };

/**
 * What the accept screen shows for what lies on the counter.
 */
export type CounterView = { 
/**
 * The item; nothing until one is chosen.
 */
item: ItemView | null, 
/**
 * The applicant; nothing until one is chosen. The end of the ID number shows once checked.
 */
applicant: PersonCard | null, 
/**
 * Whether identity is settled.
 */
identity_checked: boolean, 
/**
 * The checklist: missing first, held below.
 */
materials: Array<MaterialView>, 
/**
 * How many requirements are not met.
 */
missing: number, 
/**
 * How many are.
 */
held: number, 
/**
 * What may be decided.
 */
decisions: Array<DecisionView>, 
/**
 * The day that would bind.
 */
term: Term | null, 
/**
 * Lines of the right pane: label and text.
 */
outlook: Array<OutlookLine>, 
/**
 * The supplement's last day, if a notice goes out today.
 */
supplement_by: string | null, 
/**
 * Lines a notice would have.
 */
listed: Array<Listed>, 
/**
 * Open cases of the same person and item.
 */
same_open: Array<CaseBrief>, };

/**
 * A sheet that was saved.
 */
export type DayEndView = { 
/**
 * The file.
 */
path: string, 
/**
 * The day.
 */
day: string, 
/**
 * Commits of the day.
 */
commits: number, 
/**
 * The place of the last one.
 */
head_seq: number, 
/**
 * Its hash: `verify` takes it.
 */
head_hash: string, 
/**
 * What was done, in a sentence.
 */
text: string, };

/**
 * What one day did to the count.
 */
export type DayWhy = { "is": "acceptance" } | { "is": "counted", 
/**
 * Its number.
 */
n: number, } | { "is": "worked_rest_day", 
/**
 * Its number.
 */
n: number, } | { "is": "weekend" } | { "is": "holiday", 
/**
 * The holiday's name.
 */
name: Bilingual, } | { "is": "paused" } | { "is": "rolled_forward" };

/**
 * What the clerk decides at the counter. One action seals receipt and decision together.
 */
export type Decision = { "decision": "receive" } | { "decision": "accept" } | { "decision": "request_supplement", 
/**
 * All that is missing or wrong.
 */
listed: Array<Listed>, } | { "decision": "accept_deferred", 
/**
 * What may follow; empty for all that is missing, until the due day.
 */
owed: Array<Owed>, 
/**
 * 已签.
 */
promise_signed: boolean, } | { "decision": "refuse", 
/**
 * The ground.
 */
ground: RefusalGround, 
/**
 * In words.
 */
text: string, 
/**
 * The law.
 */
basis: string, 
/**
 * Where to go instead.
 */
go_to: GoTo, } | { "decision": "do_at_once", 
/**
 * 部门流水号.
 */
external_number: string, 
/**
 * What was handed over.
 */
result: string, };

/**
 * A button of the decision bar.
 */
export type DecisionView = { 
/**
 * `receive`, `accept`, `request_supplement`, `accept_deferred`, `refuse`, `do_at_once`.
 */
decision: string, 
/**
 * What stands on it: 受理, 代收, 一次性告知 …
 */
label: string, 
/**
 * Whether the screen preselects it: the lawful one.
 */
preselected: boolean, 
/**
 * What to ask first.
 */
asks: Array<Ask>, 
/**
 * Why it cannot be taken, where it cannot.
 */
refusal: RefusalView | null, };

/**
 * How a result reached its owner (送达方式).
 */
export type DeliveryMethod = "in_person" | "agent" | "post" | "home" | "electronic";

/**
 * How close rows stand.
 */
export type Density = "comfortable" | "compact";

/**
 * A half-typed form.
 */
export type DraftBrief = { 
/**
 * Its key.
 */
key: string, 
/**
 * What it is about.
 */
title: string, 
/**
 * Where it goes on.
 */
route: string, 
/**
 * "10:31" or "11-23 16:20".
 */
saved: string, };

/**
 * A half-typed form.
 */
export type DraftView = { 
/**
 * The form; null when there is none.
 */
body: unknown, };

/**
 * The half-typed forms of a person.
 */
export type DraftsView = { 
/**
 * Latest first.
 */
drafts: Array<DraftBrief>, };

/**
 * One day of the explanation (期限怎么算的).
 */
export type DueDay = { 
/**
 * The day.
 */
date: string, 
/**
 * What it did to the count.
 */
why: DayWhy, 
/**
 * Its year's notice is not known, so that this may still change (暂定).
 */
provisional: boolean, };

/**
 * When, and why.
 */
export type DueView = { 
/**
 * The last day of the promise.
 */
promised: string, 
/**
 * The last day of the law's limit.
 */
legal: string | null, 
/**
 * The day that binds.
 */
due: string, 
/**
 * The light on the day.
 */
light: Light | null, 
/**
 * The counting days left.
 */
remaining: number | null, 
/**
 * 暂定.
 */
provisional: boolean, 
/**
 * 预计: the item is only collected, the department's clock starts with its acceptance.
 */
expected: boolean, 
/**
 * Day by day.
 */
because: Array<DueDay>, };

/**
 * Who holds the window.
 */
export type DutyView = { 
/**
 * Seen from whoever set it.
 */
holds: Holds, 
/**
 * Who set it.
 */
by: string, 
/**
 * "A角 王丽 在岗".
 */
text: string, };

/**
 * What somebody asked without a case.
 */
export type EnquiryBrief = { 
/**
 * Its id.
 */
id: string, 
/**
 * The day.
 */
on: string, 
/**
 * What was asked.
 */
question: string, 
/**
 * Where they were sent.
 */
referred_to: string, };

/**
 * A recorded question.
 */
export type EnquiryView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its number.
 */
number: string, 
/**
 * What was asked.
 */
question: string, 
/**
 * What was answered.
 */
answer: string, 
/**
 * Where to go.
 */
referred_to: string, 
/**
 * The slip, where there is one.
 */
paper: PaperView | null, };

/**
 * Where it lies.
 */
export type ExportedList = { 
/**
 * The file.
 */
path: string, 
/**
 * How many rows.
 */
rows: number, };

/**
 * Something broke. Nothing personal stands in it.
 */
export type FailureView = { 
/**
 * Which part broke.
 */
part: string, 
/**
 * What happened, what is safe and what to do next.
 */
text: string, 
/**
 * For whoever mends it.
 */
cause: string, };

/**
 * What a column holds.
 */
export type Field = "name" | "id_number" | "id_kind" | "sex" | "birth" | "phone" | "address" | "building" | "unit" | "room" | "relation" | "residency" | "ethnic" | "education" | "political" | "marital" | "employment" | "employer" | "registered_address" | "former_name" | "note" | "house_use" | "area" | "property_type" | "owner" | "owner_phone";

/**
 * What founding gives out, once.
 */
export type FoundedView = { 
/**
 * The code of the sealed envelope (密码信封). It is shown once.
 */
recovery_code: string, 
/**
 * The device secret lies in a file only.
 */
weak_device_secret: boolean, };

/**
 * A body to go to instead.
 */
export type GoTo = { 
/**
 * Its name.
 */
name: string, 
/**
 * Where it is.
 */
address: string, 
/**
 * Its telephone.
 */
phone: string, };

/**
 * A paper that was handed in for another case and may serve again.
 */
export type HeldView = { 
/**
 * The material's name.
 */
name: string, 
/**
 * The day it was handed in.
 */
on: string, 
/**
 * For which case.
 */
number: string, };

/**
 * Kinds of things the one box finds.
 */
export type HitKind = "resident" | "household" | "item" | "banned" | "case";

/**
 * One hit.
 */
export type HitView = { 
/**
 * What it is.
 */
kind: HitKind, 
/**
 * The record's id, the item's code, or the certificate's number.
 */
id: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Birth year and door; the department; the state.
 */
detail: string, 
/**
 * Why it was found: name, reading, ID number's end …
 */
why: string, };

/**
 * Whoever holds the window.
 */
export type Holds = "me" | "pair" | "both";

/**
 * The desk home, in one answer.
 */
export type HomeView = { 
/**
 * 超期.
 */
overdue: number, 
/**
 * Due today.
 */
due_today: number, 
/**
 * Due within three days.
 */
due_soon: number, 
/**
 * The due list's first rows, most urgent first.
 */
due: Array<CaseBrief>, 
/**
 * The trays above the key line.
 */
trays: Array<TrayView>, 
/**
 * Half-typed forms of this person, latest first.
 */
drafts: Array<DraftBrief>, 
/**
 * Cases taken in today.
 */
taken_today: number, 
/**
 * Questions answered today.
 */
enquiries_today: number, 
/**
 * What a person should know: an unknown year, a weak key store …
 */
notes: Array<string>, };

/**
 * What kind of number it is, told by its form.
 */
export type IdKind = "resident" | "hk_residence_permit" | "mo_residence_permit" | "tw_residence_permit" | "foreign_pr2017" | "foreign_pr2023" | "legacy15" | "hkmo_travel_permit" | "tw_travel_permit" | "passport";

/**
 * What to look at twice in a number that is accepted.
 */
export type IdWarning = "unknown_region" | "reserved_region" | "legacy" | "centenarian" | "form_only" | "unusual_form" | "century_assumed";

/**
 * The ways to check an identity, in the order of the screen's digits.
 */
export type IdentityHow = "card" | "last_four" | "electronic_certificate" | "known_or_none";

/**
 * How an identity was checked, with what the clerk typed. The machine compares.
 */
export type IdentityInput = { 
/**
 * How.
 */
how: IdentityHow, 
/**
 * The last four characters, as read from the card.
 */
last_four?: string, 
/**
 * The whole number, as a card reader types it.
 */
id_number?: string, 
/**
 * Why there is no document.
 */
reason?: string, };

/**
 * An import there was.
 */
export type ImportBrief = { 
/**
 * Its id.
 */
import: string, 
/**
 * The files.
 */
files: Array<string>, 
/**
 * When, milliseconds since 1970 (UTC).
 */
on: number, 
/**
 * By whom.
 */
by: string, 
/**
 * `running` (it was interrupted), `done` or `undone`.
 */
state: string, 
/**
 * Records written.
 */
written: number, };

/**
 * How far it is.
 */
export type ImportProgress = { 
/**
 * Which import: the id that takes it back.
 */
import: string, 
/**
 * Records looked at.
 */
done: number, 
/**
 * Records in all.
 */
total: number, 
/**
 * Records written.
 */
written: number, 
/**
 * Whether all is in.
 */
finished: boolean, };

/**
 * A row with its verdict.
 */
export type ImportRowView = { 
/**
 * Its file.
 */
file: string, 
/**
 * Its sheet.
 */
sheet: string, 
/**
 * Its number in the sheet.
 */
row: number, 
/**
 * Whom it names.
 */
name: string, 
/**
 * `new`, `same`, `changed`, `doubtful` or `refused`.
 */
verdict: string, 
/**
 * The same in a word.
 */
verdict_text: string, 
/**
 * What is wrong, doubtful or new.
 */
text: string, 
/**
 * Each fault by itself.
 */
problems: Array<ProblemView>, };

/**
 * Rows of the look.
 */
export type ImportRowsView = { 
/**
 * The rows.
 */
rows: Array<ImportRowView>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * A sheet.
 */
export type ImportSheetView = { 
/**
 * Its file.
 */
file: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The row of its heads; nothing when the sheet is left out.
 */
heads_at: number | null, 
/**
 * Rows of data.
 */
rows: number, 
/**
 * Its columns.
 */
columns: Array<ColumnView>, };

/**
 * What an import would do.
 */
export type ImportView = { 
/**
 * Its id.
 */
import: string, 
/**
 * The files.
 */
files: Array<string>, 
/**
 * The sheets.
 */
sheets: Array<ImportSheetView>, 
/**
 * Rows of data.
 */
rows: number, 
/**
 * Rows with somebody, or a home, that is not there yet.
 */
new: number, 
/**
 * Rows that are there already.
 */
same: number, 
/**
 * Rows that change something.
 */
changed: number, 
/**
 * Rows a person must look at.
 */
doubtful: number, 
/**
 * Rows that cannot be taken in.
 */
refused: number, 
/**
 * Records to write.
 */
to_write: number, 
/**
 * What a column can hold.
 */
choices: Array<ChoiceView>, };

/**
 * What lies on the counter: the accept screen's own state, sent whole with every question.
 */
export type Intake = { 
/**
 * The item's code.
 */
item: string, 
/**
 * The applicant in the register.
 */
person?: string, 
/**
 * How their identity was checked.
 */
identity?: IdentityInput, 
/**
 * 办理对象, when not the applicant.
 */
concerning?: Concerning, 
/**
 * 代办人.
 */
agent?: AgentInput, 
/**
 * The situation's digit.
 */
situation?: number, 
/**
 * Papers that are here and good.
 */
brought?: Array<Brought>, 
/**
 * Papers that are here and will not do.
 */
problems?: Array<Listed>, 
/**
 * What the applicant states.
 */
statement?: string, 
/**
 * Service mode.
 */
mode?: Mode, 
/**
 * 待录入.
 */
to_enter?: boolean, };

/**
 * An item with what it asks for.
 */
export type ItemGuide = { 
/**
 * The item.
 */
item: ItemView, 
/**
 * What it asks for.
 */
materials: Array<MaterialView>, 
/**
 * Everyday words for it.
 */
aliases: Array<string>, };

/**
 * An item on a list of hits.
 */
export type ItemHit = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name in the screen's language.
 */
name: string, 
/**
 * Its group's name.
 */
group: string, 
/**
 * 即办件 or 承诺件.
 */
kind: ItemKind, 
/**
 * Decides, accepts or collects.
 */
role: ItemRole, 
/**
 * "10 个工作日" or "即办".
 */
promise: string, 
/**
 * Set when this is a certificate a community must not issue: who does.
 */
banned: BannedHit | null, };

/**
 * How long an item may take.
 */
export type ItemKind = "instant" | "promise";

/**
 * Whose acceptance it is.
 */
export type ItemRole = "decides" | "accepts" | "collects";

/**
 * An item, for its guide and its checklist.
 */
export type ItemView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What a resident's screen may say.
 */
public_name: string, 
/**
 * 即办件 or 承诺件.
 */
kind: ItemKind, 
/**
 * Decides, accepts or collects.
 */
role: ItemRole, 
/**
 * Whether it needs a department's own system.
 */
needs_network: boolean, 
/**
 * Whether an agent may come.
 */
agent_allowed: boolean, 
/**
 * "10 个工作日".
 */
promise: string, 
/**
 * "15 个自然日", where a law sets a limit.
 */
legal: string | null, 
/**
 * Who handles it.
 */
department: string, 
/**
 * What the applicant gets.
 */
result: string, 
/**
 * The law behind it.
 */
basis: string | null, 
/**
 * Situations to choose from with one digit.
 */
situations: Array<Choice>, };

/**
 * Items.
 */
export type ItemsView = { 
/**
 * In the catalogue's order, or best first.
 */
items: Array<ItemHit>, 
/**
 * The catalogue's version.
 */
version: string, 
/**
 * Whether it is the community's own list.
 */
is_official: boolean, };

/**
 * A job at the spooler.
 */
export type JobView = { 
/**
 * Which printer.
 */
printer: string, 
/**
 * Its number there.
 */
id: number, 
/**
 * `waiting`, `held`, `printing`, `stopped`, `cancelled`, `failed`, `spooled`, `unknown`.
 */
state: string, 
/**
 * In words.
 */
text: string, };

/**
 * When it was kept.
 */
export type KeptView = { 
/**
 * "10:42:07".
 */
saved: string, };

/**
 * What is odd about a door.
 */
export type KnownDoorView = { 
/**
 * A sentence; nothing when the register knows the door, or when it is none.
 */
doubt: string | null, };

/**
 * The language of the screen.
 */
export type Language = "zh" | "en";

/**
 * The colours, calm to urgent.
 */
export type Light = "grey" | "green" | "yellow" | "red";

/**
 * How a light is shown: colour, shape and word come from the light, the rest stands here.
 */
export type LightView = { 
/**
 * Which.
 */
light: Light, 
/**
 * "剩 3 天", "今天", "超期 1 天", "公示".
 */
text: string, };

/**
 * A column of a list.
 */
export type ListColumn = "name" | "sex" | "age" | "birth" | "id_number" | "phone" | "address" | "relation" | "residency" | "ethnic" | "education" | "political" | "marital" | "employment" | "employer" | "registered_address" | "people" | "house_use" | "area" | "property_type" | "owner" | "owner_phone";

/**
 * A row of a list.
 */
export type ListRow = { 
/**
 * The record.
 */
id: string, 
/**
 * A text for each column.
 */
cells: Array<string>, };

/**
 * A list.
 */
export type ListView = { 
/**
 * Titles of the columns.
 */
titles: Array<string>, 
/**
 * Rows, in the order of doors and names.
 */
rows: Array<ListRow>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * One line of a supplement notice.
 */
export type Listed = { 
/**
 * The material's code in the item; absent for something the department added.
 */
material?: string, 
/**
 * Its name, as printed; the item's own where it is left empty.
 */
name: string, 
/**
 * What is wrong.
 */
problem: Problem, 
/**
 * What is wrong in words, and how to get it.
 */
note: string, };

/**
 * How a material stands.
 */
export type MaterialState = "missing" | "here" | "problem" | "owed" | "not_needed";

/**
 * One line of a checklist.
 */
export type MaterialView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * "原件 1".
 */
form: string, 
/**
 * "验原件退还".
 */
handling: string, 
/**
 * Whether the item needs it.
 */
required: boolean, 
/**
 * Whether it may follow.
 */
deferrable: boolean, 
/**
 * Whether an electronic certificate may stand in.
 */
e_cert: boolean, 
/**
 * The group of which one is enough, by a word the rows share.
 */
any_of: string | null, 
/**
 * How it stands.
 */
state: MaterialState, 
/**
 * Since when, or what is wrong, or until when it is owed.
 */
note: string, };

/**
 * A member of the same household.
 */
export type MemberView = { 
/**
 * Their id.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * What they are to the head.
 */
relation: string, 
/**
 * Their age.
 */
age: number | null, };

/**
 * How the service was given (服务方式).
 */
export type Mode = "window" | "extended_hours" | "appointment" | "home_service" | "assist" | "post";

/**
 * A person to found a community with.
 */
export type NewPerson = { 
/**
 * Their name.
 */
name: string, 
/**
 * Their first password.
 */
password: string, };

/**
 * How a matter ended (办理结果).
 */
export type Outcome = "approved" | "denied" | "terminated";

/**
 * A line that says what will come.
 */
export type OutlookLine = { 
/**
 * 受理, 到期, 打印 …
 */
label: string, 
/**
 * What.
 */
text: string, };

/**
 * A paper that may follow (容缺), and until when.
 */
export type Owed = { 
/**
 * The material's code.
 */
material: string, 
/**
 * The last day to bring it.
 */
due: string, };

/**
 * A paper of a case.
 */
export type PaperView = { 
/**
 * Its number.
 */
number: string, 
/**
 * Its code: SL, BZ …
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Copies printed so far.
 */
prints: number, 
/**
 * 作废.
 */
is_void: boolean, };

/**
 * What an address says.
 */
export type ParsedAddress = { 
/**
 * 幢
 */
building: number, 
/**
 * 单元
 */
unit: number | null, 
/**
 * 室
 */
room: number | null, 
/**
 * 12幢3单元502室
 */
text: string, };

/**
 * A party of a case.
 */
export type PartyView = { 
/**
 * The person in the register.
 */
person: string | null, 
/**
 * The name.
 */
name: string, 
/**
 * The masked number.
 */
id_masked: string, };

/**
 * A special procedure (特别程序): the clock stands from `from` until the day before `to`.
 *
 * Written as an object or as the pair `[from, to]`.
 */
export type Pause = { 
/**
 * The first day that does not count.
 */
from: string, 
/**
 * The day the clock goes on; it counts again. `None` while the procedure lasts.
 */
to: string | null, };

/**
 * A person in short.
 */
export type PersonCard = { 
/**
 * Their id.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * 男 or 女, or nothing.
 */
sex: string, 
/**
 * Their age in years today.
 */
age: number | null, 
/**
 * Their birth.
 */
birth: string | null, 
/**
 * The document's kind, in words.
 */
id_kind: string, 
/**
 * The masked number; its end stays hidden until the identity is checked.
 */
id_masked: string, 
/**
 * Whether there is a number to compare with.
 */
has_id: boolean, 
/**
 * Masked telephone.
 */
phone: string, 
/**
 * Where they live, in words.
 */
address: string, };

/**
 * What kind of number it is.
 */
export type PhoneKind = "mobile" | "landline" | "foreign";

/**
 * What to tell about a number that is accepted.
 */
export type PhoneWarning = "area_added";

/**
 * What a person prefers.
 */
export type Preference = { 
/**
 * The language.
 */
language: Language, 
/**
 * The colours.
 */
theme: Theme, 
/**
 * The rows.
 */
density: Density, 
/**
 * Text size in percent, 100 to 150.
 */
text_size: number, 
/**
 * Whether the screen starts in facing mode (面客).
 */
facing: boolean, };

/**
 * A page of a paper.
 */
export type PreviewView = { 
/**
 * How many pages one copy has.
 */
pages: number, 
/**
 * The page, as base64 of a PNG.
 */
png: string, 
/**
 * Its width in dots.
 */
width: number, 
/**
 * Its height in dots.
 */
height: number, 
/**
 * The paper's name in the screen's language.
 */
name: string, 
/**
 * Its number; in words where it has none yet.
 */
number: string, 
/**
 * 作废.
 */
is_void: boolean, };

/**
 * How far a job is.
 */
export type PrintStateView = { 
/**
 * As in [`JobView`].
 */
state: string, 
/**
 * In words.
 */
text: string, };

/**
 * A paper on its way.
 */
export type PrintView = { 
/**
 * The job at the spooler.
 */
job: JobView | null, 
/**
 * The file, where it was saved instead.
 */
saved: string | null, 
/**
 * What happened, as a sentence.
 */
text: string, };

/**
 * How a required paper stands wanting.
 */
export type Problem = "missing" | "expired" | "incomplete" | "illegible" | "inconsistent" | "wrong_form";

/**
 * A fault of a row.
 */
export type ProblemView = { 
/**
 * The column's letters.
 */
column: string, 
/**
 * What stands above it.
 */
title: string, 
/**
 * What is wrong, as a word.
 */
reason: string, 
/**
 * The same as a sentence.
 */
text: string, };

/**
 * A special procedure: time outside the limit (特别程序).
 */
export type Procedure = "publicity" | "hearing" | "site_check" | "assessment" | "expert_review" | "letter_check";

/**
 * A record that was saved.
 */
export type ProvedCase = { 
/**
 * The file.
 */
path: string, 
/**
 * Commits of the case, and looks at it.
 */
commits: number, 
/**
 * The place of this desk's last commit.
 */
head_seq: number, 
/**
 * Its hash.
 */
head_hash: string, 
/**
 * What was done and how to check it, in a sentence.
 */
text: string, };

/**
 * Why an application is refused (不予受理原因).
 */
export type RefusalGround = "not_needed" | "not_ours" | "conditions_not_met" | "false_materials";

/**
 * The rules' "no", with its sentence in the language of the screen.
 */
export type RefusalView = { 
/**
 * Why, as a word that programs may match on.
 */
reason: string, 
/**
 * What happened, what is safe and what to do next, as a sentence for a person.
 */
text: string, 
/**
 * The field of the input that caused it, where one did.
 */
field?: string, 
/**
 * The refusal with its details.
 */
details: unknown, };

/**
 * What is listed.
 */
export type RegisterList = "people" | "households";

/**
 * Who was entered.
 */
export type RegisteredView = { 
/**
 * Their id.
 */
id: string, };

/**
 * A resident's page.
 */
export type ResidentView = { 
/**
 * What the screen has seen.
 */
seen: Seen, 
/**
 * The person in short.
 */
card: PersonCard, 
/**
 * Registered and living here, migrant …
 */
residency: string, 
/**
 * What is odd about that.
 */
residency_doubt: string | null, 
/**
 * Tags that may be shown.
 */
tags: Array<TagView>, 
/**
 * 另有受限信息.
 */
has_restricted: boolean, 
/**
 * What whoever visits must know of what is restricted.
 */
visit_hint: VisitHint | null, 
/**
 * Open cases.
 */
open_cases: Array<CaseBrief>, 
/**
 * Earlier cases, latest first.
 */
past_cases: Array<CaseBrief>, 
/**
 * Questions asked.
 */
enquiries: Array<EnquiryBrief>, 
/**
 * The household.
 */
household: Array<MemberView>, 
/**
 * Papers that may serve again.
 */
held: Array<HeldView>, 
/**
 * Fields with two values nobody has compared, in words.
 */
conflicts: Array<string>, 
/**
 * The reading of the name, as it is searched.
 */
reading: string, };

/**
 * What came back.
 */
export type RestoredView = { 
/**
 * The community's name.
 */
community: string, 
/**
 * When the backup was made: "2026-11-24 12:00".
 */
made: string, 
/**
 * How many commits it held.
 */
commits: number, 
/**
 * The digest of the journal in it.
 */
digest: string, 
/**
 * The new station: 2 for 2号台.
 */
station: number, 
/**
 * Its letter, in numbers from now on.
 */
letter: string, 
/**
 * Who can unlock it.
 */
people: Array<string>, 
/**
 * What came back and what to do next.
 */
text: string, };

/**
 * A restricted tag.
 */
export type RestrictedTag = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day, once it ended.
 */
to: string | null, 
/**
 * Where it is known from.
 */
source: string, };

/**
 * Restricted tags, to be hidden again.
 */
export type RestrictedView = { 
/**
 * The tags whoever asks may see.
 */
tags: Array<RestrictedTag>, 
/**
 * Whether there are some they may not.
 */
has_more: boolean, 
/**
 * After how many seconds the screen hides them.
 */
seconds: number, };

/**
 * A field that can be shown in full.
 */
export type RevealField = "id_number" | "phone";

/**
 * The full value, to be hidden again.
 */
export type RevealedView = { 
/**
 * The value.
 */
value: string, 
/**
 * After how many seconds the screen hides it.
 */
seconds: number, };

/**
 * Where it lies.
 */
export type SavedPaper = { 
/**
 * The file.
 */
path: string, };

/**
 * Where they lie.
 */
export type SavedRows = { 
/**
 * The file.
 */
path: string, 
/**
 * How many rows.
 */
rows: number, };

/**
 * What a search found.
 */
export type SearchView = { 
/**
 * Best first.
 */
hits: Array<HitView>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * What a person had in front of them when they decided: the hub's number and this desk's own last commit.
 */
export type Seen = { 
/**
 * The epoch of the hub's numbers.
 */
epoch: number, 
/**
 * The last number of the hub that the screen had shown.
 */
number: number, 
/**
 * The last own commit of this desk that the screen had shown.
 */
seq: number, };

/**
 * A recovery sheet, shown once.
 */
export type SheetView = { 
/**
 * The code.
 */
code: string, 
/**
 * What tells it from an older one.
 */
number: string, 
/**
 * A picture of the sheet, as base64 of a PNG; absent where it cannot be laid out.
 */
png: string | null, };

/**
 * Who may receive a result or sign for a step.
 */
export type Signer = "applicant" | "agent";

/**
 * A person to choose at the lock screen.
 */
export type StaffView = { 
/**
 * Their id.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * Their role, as it travels.
 */
role: string, 
/**
 * Their role in words.
 */
role_text: string, 
/**
 * A or B.
 */
corner: string | null, };

/**
 * Where a case stands (办件状态). `draft` is local and never a record.
 */
export type State = "received" | "supplement" | "accepted" | "forwarded" | "paused" | "decided" | "delivered" | "archived" | "refused" | "withdrawn" | "returned";

/**
 * How a desk stands.
 */
export type StatusView = { 
/**
 * Whether there is a community.
 */
founded: boolean, 
/**
 * Its name.
 */
community: string | null, 
/**
 * This machine: 1 for 1号台.
 */
station: number | null, 
/**
 * Who may unlock. Names show only when the desk remembers them: see `names_known`.
 */
people: Array<StaffView>, 
/**
 * Whether somebody is here.
 */
unlocked: boolean, 
/**
 * Whether the screen is shaded.
 */
shaded: boolean, 
/**
 * Whether a PIN uncovers it.
 */
has_pin: boolean, 
/**
 * Who is here.
 */
actor: StaffView | null, 
/**
 * Who holds the window today.
 */
duty: DutyView | null, 
/**
 * 面客模式.
 */
facing: boolean, 
/**
 * The time of this desk, with its offset.
 */
now: string, 
/**
 * The day of this desk.
 */
today: string, 
/**
 * The device secret lies in a file only.
 */
weak_device_secret: boolean, 
/**
 * The program's version.
 */
version: string, };

/**
 * A step of a case, by its name as it travels.
 */
export type Step = "receive" | "accept" | "accept_deferred" | "request_supplement" | "supply" | "lapse" | "refuse" | "withdraw" | "forward" | "send_back" | "department_supplement" | "department_refuse" | "department_accept" | "pause" | "resume" | "extend" | "decide" | "terminate" | "deliver" | "archive" | "deem" | "do_at_once" | "correct";

/**
 * A step without effect.
 */
export type StrandedStepView = { 
/**
 * The case.
 */
case: string, 
/**
 * Its number.
 */
number: string, 
/**
 * The step.
 */
step: string, 
/**
 * Who did it.
 */
by: string, 
/**
 * The desk's letter.
 */
station: string | null, 
/**
 * When, by that desk's clock.
 */
at: string, };

/**
 * How the desk stands with its hub.
 */
export type SyncView = { 
/**
 * Whether a hub was joined.
 */
joined: boolean, 
/**
 * How many own changes the hub has not acknowledged yet.
 */
pending: number, 
/**
 * How many it refused.
 */
refused: number, 
/**
 * The last number of the hub that is here.
 */
number: number, 
/**
 * When the hub last answered, "10:42".
 */
last: string | null, 
/**
 * Why nothing usable came since, in a sentence.
 */
trouble: string | null, };

/**
 * A tag of a care group that everybody on duty may see.
 */
export type TagView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, };

/**
 * What was taken back.
 */
export type TakenBack = { 
/**
 * Which import.
 */
import: string, 
/**
 * Records that are as they were before.
 */
undone: number, 
/**
 * Records that stay, because somebody has worked on them since.
 */
kept: number, };

/**
 * The days a case is bound to, as they were told to the applicant.
 */
export type Term = { 
/**
 * Day 0: the clock starts the day after.
 */
accepted: string, 
/**
 * The day our promise ends.
 */
promised: string, 
/**
 * The day the law's limit ends, if it sets one.
 */
legal: string | null, 
/**
 * The earlier of both: the day that binds.
 */
due: string, 
/**
 * 暂定: a year without a holiday notice was touched.
 */
provisional: boolean, 
/**
 * 预计: the department has not accepted yet, its clock is a guess.
 */
expected: boolean, };

/**
 * Why a case was ended without an outcome.
 */
export type TerminationCause = "owed_date_passed" | "applicant_died" | "duplicate_case" | "item_abolished";

/**
 * How the screen looks.
 */
export type Theme = "system" | "light" | "dark" | "hc";

/**
 * One line of the record (办理记录).
 */
export type TimelineView = { 
/**
 * "11-24 10:42".
 */
time: string, 
/**
 * The step's name as it travels.
 */
step: string, 
/**
 * What happened, in words.
 */
text: string, 
/**
 * Who.
 */
who: string, 
/**
 * At which station: "1号台".
 */
station: string, 
/**
 * Whether it counts: applied, displaced, not_allowed, repeated, unknown.
 */
effect: string, 
/**
 * Why it does not count.
 */
note: string, 
/**
 * Whether the hub has it.
 */
is_synced: boolean, };

/**
 * A row of the table of steps.
 */
export type TransitionView = { 
/**
 * The call that makes the step.
 */
call: string, 
/**
 * The row's number in the standard.
 */
number: string, 
/**
 * The step.
 */
step: Step, 
/**
 * States it may start from; empty for the step that makes the case.
 */
from: Array<State>, 
/**
 * States it may end in; empty where it ends in the state it started from or the one before.
 */
to: Array<State>, };

/**
 * The table of steps.
 */
export type TransitionsView = { 
/**
 * Its rows.
 */
transitions: Array<TransitionView>, };

/**
 * A tray (托盘).
 */
export type TrayView = { 
/**
 * `to_forward`, `to_enter`, `supplement`, `to_pick_up`, `to_print`.
 */
tray: string, 
/**
 * 待转办 …
 */
label: string, 
/**
 * How many.
 */
count: number, };

/**
 * What checking found.
 */
export type VerifiedView = { 
/**
 * Whether nothing is wrong, and the printed head is there if one was asked for.
 */
sound: boolean, 
/**
 * Commits checked.
 */
commits: number, 
/**
 * Bytes checked.
 */
bytes: number, 
/**
 * Changes whose content was taken out.
 */
redacted: number, 
/**
 * The place of this desk's last commit.
 */
head_seq: number | null, 
/**
 * Its hash.
 */
head_hash: string | null, 
/**
 * The place of the printed head, where one was asked for and found.
 */
printed_seq: number | null, 
/**
 * What is wrong, or that nothing is, in one line.
 */
text: string, };

/**
 * What whoever visits must know without knowing why. It travels in clear.
 */
export type VisitHint = { 
/**
 * Visit at least so often, in days.
 */
every_days: number | null, 
/**
 * Never alone.
 */
in_pairs: boolean, };

/**
 * What is known of one year.
 */
export type YearKnown = { 
/**
 * The year.
 */
year: number, 
/**
 * Only its statutory days are known; the notice is still to come.
 */
provisional: boolean, 
/**
 * The notice's title.
 */
notice: string | null, 
/**
 * Where the notice stands.
 */
url: string | null, 
/**
 * The version of this year's record; 1 unless the file says otherwise.
 */
version: number, };

/** Every call by its name. */
export interface Calls {
  /** Checks the number of an identity document (GB 11643 and its kin). */
  check_id: { input: { text: string, today?: string, }; output: CheckedId };
  /** Checks a unified social credit code (GB 32100). */
  check_credit_code: { input: { text: string, }; output: CheckedCreditCode };
  /** Checks a telephone number. */
  check_phone: { input: { text: string, }; output: CheckedPhone };
  /** Reads building, unit and room; null when the text is no address. */
  parse_address: { input: { text: string, }; output: ParsedAddress | null };
  /** Counts working days: holidays off, worked rest days on, day 0 excluded. */
  count_working_days: { input: { from: string, days: number, }; output: CountedDays };
  /** When a case of an item is due: promise, law, the earlier of both, and every day on the way. */
  due_date: { input: { item: string, accepted: string, pauses?: Array<Pause>, today?: string, }; output: DueView };
  /** Says how good a password is. */
  check_password: { input: { password: string, name?: string, community?: string, }; output: CheckedPassword };
  /** All items of the catalogue. */
  items: { input: Record<symbol, never>; output: ItemsView };
  /** Finds items by pinyin, everyday word or code. */
  find_items: { input: { text: string, limit?: number, }; output: ItemsView };
  /** An item's guide: days, who decides, materials. */
  item: { input: { code: string, }; output: ItemGuide };
  /** The table of steps: from which state to which. */
  transitions: { input: Record<symbol, never>; output: TransitionsView };
  /** The years of the working-day calendar, with their notices. */
  calendar_years: { input: Record<symbol, never>; output: CalendarView };
  /** Whether there is a community, who is here, what time it is. */
  status: { input: Record<symbol, never>; output: StatusView };
  /** Founds a community on this desk: names, people, passwords. */
  found: { input: { community: string, clerks: Array<NewPerson>, supervisor: NewPerson, }; output: FoundedView };
  /** Lets a person in with their password. */
  unlock: { input: { person: string, password: string, }; output: StatusView };
  /** Locks the desk; drafts stay. */
  lock: { input: Record<symbol, never>; output: StatusView };
  /** Gives a person a new password by the printed code, with a colleague standing by. */
  rescue_password: { input: { person: string, code: string, password: string, colleague?: string, colleague_password?: string, }; output: StatusView };
  /** Covers the screen; a PIN or the password uncovers it. */
  shade: { input: Record<symbol, never>; output: StatusView };
  /** Uncovers the screen, by PIN or by password. */
  unshade: { input: { pin?: string, password?: string, }; output: StatusView };
  /** Changes the password of whoever is here. */
  change_password: { input: { old: string, new: string, }; output: StatusView };
  /** Sets the six digits that uncover a shaded screen, until lock. */
  set_pin: { input: { pin: string, }; output: StatusView };
  /** Switches facing mode: names on lists are masked. */
  set_facing: { input: { on: boolean, }; output: StatusView };
  /** Confirms this machine's day when it runs behind the last record. */
  confirm_day: { input: { today: string, }; output: StatusView };
  /** Language, theme, density and text size of whoever is here. */
  preferences: { input: Record<symbol, never>; output: Preference };
  /** Changes language, theme, density or text size. */
  save_preferences: { input: { language?: Language, theme?: Theme, density?: Density, text_size?: number, facing?: boolean, }; output: Preference };
  /** Where backups go, how the last one went, how far the next one is. */
  backup_state: { input: Record<symbol, never>; output: BackupView };
  /** Sets the folder or stick that backups go to. */
  set_backup_folder: { input: { folder: string, }; output: BackupView };
  /** Begins a backup; backup_state tells how far it is. */
  back_up: { input: Record<symbol, never>; output: BackupView };
  /** Says "not yet" to the first backup; home goes on saying so. */
  put_off_backup: { input: Record<symbol, never>; output: BackupView };
  /** Restores a backup on a desk that has no community yet, as a new device. */
  restore_backup: { input: { file: string, code: string, password: string, station?: string, }; output: RestoredView };
  /** Makes a new recovery code and sheet, on record; the old ones open no later backup. */
  new_recovery_sheet: { input: { password: string, }; output: SheetView };
  /** Prints the recovery sheet that was made just now, once. */
  print_recovery_sheet: { input: { printer?: string, }; output: PrintView };
  /** Notes who holds the window: me, pair or both. */
  set_duty: { input: { holds: Holds, }; output: DutyView | null };
  /** Checks the journal: blocks, chain, changes and signatures. */
  verify: { input: { head?: string, }; output: VerifiedView };
  /** What two desks wrote differently while apart. */
  conflicts: { input: Record<symbol, never>; output: ConflictsView };
  /** What the hub has acknowledged, and when it last answered. */
  sync_state: { input: Record<symbol, never>; output: SyncView };
  /** Finds people by name, reading, ID number's end, telephone or door; items by name or reading; cases by number or its end. */
  search: { input: { text: string, limit?: number, kinds?: Array<HitKind>, }; output: SearchView };
  /** A resident's page: masked values, open and earlier cases, household, papers held. */
  resident: { input: { id: string, }; output: ResidentView };
  /** Whether the last four characters on the card are those of the register. */
  compare_identity: { input: { person: string, last_four: string, }; output: ComparedIdentity };
  /** Says what is odd about a door: a building or a unit in which the register knows nobody. */
  known_door: { input: { text: string, }; output: KnownDoorView };
  /** Enters a person in the register. */
  register_resident: { input: { name: string, id_number?: string, id_kind?: IdKind, phone?: string, address?: string, sex?: string, birth?: string, reading?: string, }; output: RegisteredView };
  /** Changes name, telephone, address or reading of a person; only what differs is written. */
  update_resident: { input: { id: string, seen?: Seen, name?: string, phone?: string, address?: string, reading?: string, id_number?: string, }; output: ResidentView };
  /** Shows one field in full for 30 seconds, with a reason, on record. */
  reveal: { input: { person: string, field: RevealField, reason: string, }; output: RevealedView };
  /** The care groups whoever asks may add to a person and end. */
  care_groups: { input: Record<symbol, never>; output: Array<CareGroup> };
  /** Adds a person to a care group, with its first day and its source. */
  add_care_tag: { input: { person: string, seen?: Seen, code: string, from: string, source: string, }; output: ResidentView };
  /** Ends a person's membership of a care group with its last day. */
  end_care_tag: { input: { person: string, seen?: Seen, code: string, to: string, }; output: ResidentView };
  /** Opens the restricted tags of a person for 30 seconds, with a reason, on record. */
  open_restricted: { input: { person: string, reason: string, }; output: RestrictedView };
  /** Reads spreadsheets and says what each row would do; nothing is written. */
  import_preview: { input: { paths?: Array<string>, map?: { [key in string]: Field | null }, }; output: ImportView };
  /** The rows of the files that were looked at, each with its verdict. */
  import_rows: { input: { verdicts?: Array<string>, offset?: number, limit?: number, }; output: ImportRowsView };
  /** Takes in the next block of the import that was looked at; call again until it is finished. */
  run_import: { input: Record<symbol, never>; output: ImportProgress };
  /** Stops the import and takes back what it has written so far. */
  cancel_import: { input: Record<symbol, never>; output: TakenBack };
  /** Takes a whole import back; what somebody has worked on since stays. */
  undo_import: { input: { import: string, }; output: TakenBack };
  /** The imports there were, the latest first. */
  imports: { input: Record<symbol, never>; output: Array<ImportBrief> };
  /** Saves the rows that are not taken in, each with its reason, as a workbook; on record. */
  save_refused_rows: { input: { path?: string, }; output: SavedRows };
  /** Lists people or homes with columns to choose; numbers are masked. */
  list_register: { input: { offset?: number, limit?: number, list: RegisterList, filter?: string, columns?: Array<ListColumn>, }; output: ListView };
  /** Saves a list of people or homes as a workbook of text cells, masked, with a mark; on record. */
  export_list: { input: { reason: string, path?: string, list: RegisterList, filter?: string, columns?: Array<ListColumn>, }; output: ExportedList };
  /** The desk home: due list, trays, what is worth knowing. */
  home: { input: Record<symbol, never>; output: HomeView };
  /** What lies on the counter: what is missing, what may be decided, when it would be due. */
  counter: { input: { intake: Intake, }; output: CounterView };
  /** Takes in what lies on the counter and decides it, in one commit. */
  take_in: { input: { intake: Intake, decision: Decision, draft?: string, }; output: CaseView };
  /** Records a question without a case, with a referral slip where somebody else can help. */
  record_enquiry: { input: { question?: string, person?: string, banned?: number, item?: string, department?: string, phone?: string, address?: string, take?: Array<string>, answer?: string, }; output: EnquiryView };
  /** Opens a recorded question. */
  enquiry: { input: { id: string, }; output: EnquiryView };
  /** Keeps a half-typed form, sealed, for this person. */
  save_draft: { input: { key: string, title: string, route: string, body: unknown, }; output: KeptView };
  /** Opens a half-typed form; null when there is none. */
  draft: { input: { key: string, }; output: DraftView };
  /** Lists this person's half-typed forms, latest first. */
  drafts: { input: Record<symbol, never>; output: DraftsView };
  /** Throws a half-typed form away. */
  discard_draft: { input: { key: string, }; output: DraftView };
  /** A case, whole: state, due day explained, materials, papers, record, next steps. */
  case: { input: { number: string, }; output: CaseView };
  /** Lists cases: open, overdue, due, a tray, or all. */
  cases: { input: { filter?: CaseFilter, text?: string, limit?: number, offset?: number, }; output: CasesView };
  /** Takes a case in: item, applicant, how identity was checked, papers on the counter. */
  receive_case: { input: { item: string, person?: string, identity?: IdentityInput, concerning?: Concerning, agent?: AgentInput, situation?: number, brought?: Array<Brought>, problems?: Array<Listed>, statement?: string, mode?: Mode, to_enter?: boolean, }; output: CaseView };
  /** Accepts a received case: every required paper is here (代收 where we only collect). */
  accept_case: { input: { case: string, seen?: Seen, brought?: Array<Brought>, }; output: CaseView };
  /** Accepts with deferrable papers to follow, after the promise was signed. */
  accept_deferred_case: { input: { case: string, seen?: Seen, brought: Array<Brought>, owed: Array<Owed>, promise_signed: boolean, }; output: CaseView };
  /** Gives the one-time notice: everything that is missing, told once. */
  request_supplement: { input: { case: string, seen?: Seen, listed: Array<Listed>, override_reason: string, }; output: CaseView };
  /** Takes what the applicant brings; the last listed paper accepts the case. */
  supply_materials: { input: { case: string, seen?: Seen, brought: Array<Brought>, others: Array<string>, on: string | null, by?: Signer, }; output: CaseView };
  /** Returns a case whose supplement never came, with a call on record. */
  lapse_case: { input: { case: string, seen?: Seen, call: string, }; output: CaseView };
  /** Refuses an application in writing, naming the right body. */
  refuse_case: { input: { case: string, seen?: Seen, ground: RefusalGround, text: string, basis: string, go_to: GoTo, }; output: CaseView };
  /** Takes an application back; the applicant or an entitled agent signs. */
  withdraw_case: { input: { case: string, seen?: Seen, signed_by: Signer, reason: string, }; output: CaseView };
  /** Hands the papers to the department, with a signed list or batch number. */
  forward_case: { input: { case: string, seen?: Seen, batch: string, on: string | null, }; output: CaseView };
  /** Notes that the department sent the case back. */
  send_back_case: { input: { case: string, seen?: Seen, reason: string, }; output: CaseView };
  /** Passes the department's supplement notice on. */
  department_supplement_case: { input: { case: string, seen?: Seen, external_number: string, listed: Array<Listed>, last_day: string, }; output: CaseView };
  /** Notes the department's refusal. */
  department_refuse_case: { input: { case: string, seen?: Seen, external_number: string, reason: string, }; output: CaseView };
  /** Notes the department's acceptance; its clock starts. */
  department_accept_case: { input: { case: string, seen?: Seen, on: string, external_number: string, }; output: CaseView };
  /** Stops the clock for a special procedure. */
  pause_case: { input: { case: string, seen?: Seen, procedure: Procedure, expected_days: number, }; output: CaseView };
  /** Lets the clock run on. */
  resume_case: { input: { case: string, seen?: Seen, }; output: CaseView };
  /** Stretches the limit once, with a supervisor's approval. */
  extend_case: { input: { case: string, seen?: Seen, reason: string, approver: string, days: number | null, }; output: CaseView };
  /** Decides a case: approved or denied. */
  decide_case: { input: { case: string, seen?: Seen, outcome: Outcome, external_number: string, reason: string, on: string | null, }; output: CaseView };
  /** Ends a case without an outcome. */
  terminate_case: { input: { case: string, seen?: Seen, cause: TerminationCause, note: string, }; output: CaseView };
  /** Hands the result over, against a signature or a tracking number. */
  deliver_case: { input: { case: string, seen?: Seen, method: DeliveryMethod, recipient: Signer, proof: string, }; output: CaseView };
  /** Files a delivered case away. */
  archive_case: { input: { case: string, seen?: Seen, }; output: CaseView };
  /** Finishes an instant item; with the department's serial number where its system was needed. */
  do_at_once_case: { input: { case: string, seen?: Seen, brought: Array<Brought>, external_number: string, result: string, }; output: CaseView };
  /** Writes down that a case counts as accepted, because nobody answered in time. */
  deem_case: { input: { case: string, seen?: Seen, }; output: CaseView };
  /** Takes back the last step, the same day, by who did it; its paper is void. */
  correct_case: { input: { case: string, seen?: Seen, reason: string, }; output: CaseView };
  /** Takes the effect from a whole case; a supervisor, with a reason. */
  void_case: { input: { case: string, seen?: Seen, reason: string, }; output: CaseView };
  /** Takes back this person's last step. */
  undo: { input: Record<symbol, never>; output: CaseView };
  /** A picture of a page of a paper, as it will print. */
  preview_paper: { input: { paper: string, page?: number, dpi?: number, large?: boolean, }; output: PreviewView };
  /** A picture of the promise to sign before a case is accepted with papers to follow. */
  preview_promise: { input: { intake: Intake, owed?: Array<Owed>, page?: number, dpi?: number, large?: boolean, }; output: PreviewView };
  /** A picture of the one-time notice as it would go out. */
  preview_notice: { input: { intake: Intake, listed: Array<Listed>, page?: number, dpi?: number, large?: boolean, }; output: PreviewView };
  /** Prints a paper, on record. */
  print_paper: { input: { paper: string, copies?: number, large?: boolean, printer?: string, }; output: PrintView };
  /** Prints the promise to sign before a case is accepted with papers to follow. */
  print_promise: { input: { intake: Intake, owed?: Array<Owed>, copies?: number, large?: boolean, printer?: string, }; output: PrintView };
  /** Saves a paper as PDF in the export folder, on record. */
  save_paper: { input: { paper: string, large?: boolean, }; output: SavedPaper };
  /** How far a print job is, as the spooler says. */
  print_state: { input: { printer: string, id: number, }; output: PrintStateView };
  /** Saves the record of a case (全程记录) as PDF with its proof inside, on record. */
  prove_case: { input: { case: string, }; output: ProvedCase };
  /** Saves the day-end sheet (日终单): the day's counts and the head of the chain. */
  day_end: { input: { day?: string, }; output: DayEndView };
}

/** The name of a call. */
export type CallName = keyof Calls;
