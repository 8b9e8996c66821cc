/** What was asked at the window without a case (咨询), as it is typed and as it is told to the desk. */
import type { BannedHit, Calls, ItemHit } from "../../../bindings";

/** The enquiry as it is typed. */
export interface Form {
  question: string;
  person: string | null;
  item: { code: string; name: string } | null;
  banned: { no: number; name: string } | null;
  department: string;
  address: string;
  phone: string;
  /** One thing a line. */
  take: string;
  answer: string;
}

/** The fields that say where to go. */
export const WHERE = ["department", "address", "phone", "take"] as const;

/** Nothing asked yet. */
export function emptyForm(person: string | null): Form {
  return {
    question: "",
    person,
    item: null,
    banned: null,
    department: "",
    address: "",
    phone: "",
    take: "",
    answer: "",
  };
}

/** The form a draft brought back, or undefined when it is of another shape. */
export function formFrom(body: unknown): Form | undefined {
  if (typeof body !== "object" || body === null || !("question" in body)) return undefined;
  return { ...emptyForm(null), ...(body as Partial<Form>) };
}

/** Whether there is anything worth keeping. */
export function isBegun({ question, item, banned, answer, department }: Form): boolean {
  return question !== "" || item !== null || banned !== null || answer !== "" || department !== "";
}

/** The form about a certificate that a community must not issue: where to go stands with it. */
export function aboutBanned(form: Form, { no, name, slip }: BannedHit): Form {
  return {
    ...form,
    banned: { no, name },
    item: null,
    // What goes on the slip is Chinese, whatever the screen speaks.
    question: form.question || slip.name,
    department: slip.department,
    take: slip.take.join("\n"),
  };
}

/** The form about an item: it is done here, so there is nowhere else to go. */
export function aboutItem(form: Form, { code, name }: ItemHit): Form {
  return { ...form, banned: null, item: { code, name }, question: form.question || name };
}

/** Whether somebody is sent elsewhere, which is worth a slip of paper. */
export function isReferral({ banned, department }: Form): boolean {
  return banned !== null || department.trim() !== "";
}

/** The form as the desk takes it. What is empty is left out. */
export function inputOf(form: Form): Calls["record_enquiry"]["input"] {
  const take = form.take
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const words = {
    department: form.department,
    address: form.address,
    phone: form.phone,
    answer: form.answer,
  };
  const said = Object.fromEntries(
    Object.entries(words)
      .map(([field, word]) => [field, word.trim()] as const)
      .filter(([, word]) => word !== ""),
  );
  return {
    question: form.question.trim(),
    ...said,
    ...(form.person !== null && { person: form.person }),
    ...(form.item && { item: form.item.code }),
    ...(form.banned && { banned: form.banned.no }),
    ...(take.length > 0 && { take }),
  };
}
