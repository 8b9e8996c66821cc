/**
 * What the clerk has typed at the counter, and how it is told to the desk.
 *
 * It holds what was typed as it was typed, so that a draft brings everything back. What it means (complete, lawful, due)
 * is the desk's, asked after every tick.
 */
import type {
  AgentInput,
  AgentKind,
  Brought,
  BroughtAs,
  Concerning,
  ConcerningKind,
  IdentityHow,
  IdentityInput,
  Intake,
  Listed,
  Mode,
  Problem,
} from "../../../bindings";

/** How the identity was checked, as far as it is. */
export interface IdentityForm {
  how: IdentityHow | null;
  lastFour: string;
  idNumber: string;
  reason: string;
  /** Whether the desk said that it is the same, or no comparison is needed. */
  isSettled: boolean;
}

/** Everything on the accept screen. */
export interface Form {
  person: string | null;
  item: string | null;
  identity: IdentityForm;
  concerning: { kind: ConcerningKind; name: string };
  agent: {
    kind: AgentKind | "none";
    name: string;
    idNumber: string;
    relation: string;
    phone: string;
    proxyUntil: string;
  };
  situation: number | null;
  brought: Brought[];
  problems: Listed[];
  statement: string;
  mode: Mode;
  /** How far the notice was gone through: the materials that were looked at. */
  looked: string[];
  /** What the notice says about a material, by its code: what is wrong and how to get it. */
  notes: Record<string, string>;
  /** Lines of the notice that are in no checklist. */
  added: Listed[];
}

/** Nothing on the counter yet. */
export function emptyForm(person: string | null = null, item: string | null = null): Form {
  return {
    person,
    item,
    identity: nobodyChecked(),
    concerning: { kind: "applicant", name: "" },
    agent: { kind: "none", name: "", idNumber: "", relation: "", phone: "", proxyUntil: "" },
    situation: null,
    brought: [],
    problems: [],
    statement: "",
    mode: "window",
    looked: [],
    notes: {},
    added: [],
  };
}

/** The identity of somebody new. */
export function nobodyChecked(): IdentityForm {
  return { how: null, lastFour: "", idNumber: "", reason: "", isSettled: false };
}

/** The form a draft brought back, or undefined when it is of another shape. */
export function formFrom(body: unknown): Form | undefined {
  if (typeof body !== "object" || body === null || !("brought" in body) || !("identity" in body))
    return undefined;
  return { ...emptyForm(), ...(body as Partial<Form>) };
}

/** Whether there is anything worth keeping. */
export function isBegun(form: Form): boolean {
  const { item, identity, brought, problems, statement, agent, concerning } = form;
  return (
    item !== null ||
    identity.how !== null ||
    brought.length + problems.length > 0 ||
    statement !== "" ||
    agent.kind !== "none" ||
    concerning.kind !== "applicant"
  );
}

/** The form as the desk takes it. What is empty is left out. */
export function intakeOf(form: Form): Intake {
  const { person, item, situation, brought, problems, statement, mode } = form;
  const identity = identityOf(form.identity);
  const concerning = concerningOf(form);
  const agent = agentOf(form);
  return {
    item: item ?? "",
    brought,
    problems,
    mode,
    ...(person !== null && { person }),
    ...(situation !== null && { situation }),
    ...(statement !== "" && { statement }),
    ...(identity && { identity }),
    ...(concerning && { concerning }),
    ...(agent && { agent }),
  };
}

function identityOf({ how, lastFour, idNumber, reason, isSettled }: IdentityForm): IdentityInput | undefined {
  if (how === null || !isSettled) return undefined;
  if (how === "last_four") return { how, last_four: lastFour };
  if (how === "card") return { how, id_number: idNumber };
  return reason === "" ? { how } : { how, reason };
}

function concerningOf({ concerning }: Form): Concerning | undefined {
  return concerning.kind === "applicant" ? undefined : { ...concerning };
}

function agentOf({ agent }: Form): AgentInput | undefined {
  const { kind, name, idNumber, relation, phone, proxyUntil } = agent;
  if (kind === "none") return undefined;
  return {
    kind,
    name,
    ...(idNumber !== "" && { id_number: idNumber }),
    ...(relation !== "" && { relation }),
    ...(phone !== "" && { phone }),
    ...(kind === "proxy" && proxyUntil !== "" && { proxy_until: proxyUntil }),
  };
}

/** The form after a paper was put on the counter or taken away. A paper that is here and good has no problem. */
export function withBrought(form: Form, material: string, how: BroughtAs | undefined): Form {
  const others = form.brought.filter((one) => one.material !== material);
  return {
    ...form,
    brought: how === undefined ? others : [...others, { material, how, pages: 0 }],
    problems: form.problems.filter((one) => one.material !== material),
  };
}

/** The form after a paper was found wanting, or found good again. */
export function withProblem(form: Form, material: string, name: string, problem: Problem | undefined): Form {
  const others = form.problems.filter((one) => one.material !== material);
  return {
    ...form,
    brought: form.brought.filter((one) => one.material !== material),
    problems: problem === undefined ? others : [...others, { material, name, problem, note: "" }],
  };
}

/** The form for another item: people stay, papers go. */
export function withItem(form: Form, item: string | null): Form {
  return { ...form, item, situation: null, brought: [], problems: [], looked: [], notes: {}, added: [] };
}

/** The form for another applicant: nothing said about the first one stays. */
export function withPerson(form: Form, person: string | null): Form {
  return { ...emptyForm(person, form.item), situation: form.situation, mode: form.mode };
}
