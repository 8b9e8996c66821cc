/** A resident as cards show one, from the desk's view. */
import type { ResidentView } from "../../../bindings";
import type { CardPerson } from "../../../kit/PersonCard.svelte";
import { text } from "../text";

/** The card of a resident. */
export function cardOf({ card, tags, has_restricted }: ResidentView): CardPerson {
  const age = card.age === null ? undefined : text.resident.age(card.age);
  return {
    id: card.id,
    name: card.name,
    idNumber: card.id_masked,
    born: [card.birth, card.sex, age].filter(Boolean).join(" · "),
    phone: card.phone,
    address: card.address,
    tags: tags.map(({ name }) => name),
    isRestricted: has_restricted,
  };
}

/** A service somebody got: a closed case or an enquiry, with the day it is ordered by. */
export interface Service {
  key: string;
  on: string;
  what: string;
  state: string;
  /** The case it opens; an enquiry has no page of its own. */
  opens: string | undefined;
}

/** Past cases and enquiries in one list, the latest first. */
export function servicesOf({ past_cases, enquiries }: ResidentView): Service[] {
  const cases = past_cases.map((row): Service => ({
    key: row.case,
    on: row.received_on,
    what: row.title,
    state: row.state_text,
    opens: `/cases/${row.case}`,
  }));
  const questions = enquiries.map(({ id, on, question, referred_to }): Service => ({
    key: id,
    on,
    what: `${text.resident.enquiry} · ${question}`,
    state: referred_to && text.resident.referred(referred_to),
    opens: undefined,
  }));
  return [...cases, ...questions].sort((a, b) => b.on.localeCompare(a.on));
}
