/** The rows of the checklist: what the desk says about each paper, in an order that does not jump under the clerk's eyes. */
import type { Brought, CounterView, MaterialView } from "../../../bindings";
import type { Paper } from "../../../kit/papers";
import { text } from "../text";

/** An answer of the desk, with what it was asked about. */
export interface Answered {
  view: CounterView;
  brought: readonly Brought[];
}

/**
 * Materials where they first stood: the desk puts missing ones first, so that a ticked one would jump away. New ones
 * come at the end.
 */
export function inFirstOrder(first: readonly string[], materials: readonly MaterialView[]): MaterialView[] {
  const place = new Map(first.map((code, at) => [code, at]));
  return materials.toSorted(
    (a, b) => (place.get(a.code) ?? first.length) - (place.get(b.code) ?? first.length),
  );
}

/** A row as the checklist shows it. What was typed counts at once; the rest is what the desk answered last. */
export function paperOf(
  material: MaterialView,
  { view, brought: told }: Answered,
  brought: readonly Brought[],
): Paper {
  const groups = [...new Set(view.materials.flatMap(({ any_of }) => any_of ?? []))];
  const mine = brought.find((one) => one.material === material.code);
  const wasTold = told.some((one) => one.material === material.code);
  const held = material.state === "here" && !mine && !wasTold;
  return {
    id: material.code,
    name: material.name,
    need: material.form,
    note: noteOf(material, mine),
    held,
    ticked: mine !== undefined || held,
    problem: material.state === "problem" && !mine ? material.note : undefined,
    group: material.any_of === null ? undefined : groupWord(material.any_of, groups),
    notNeeded: material.state === "not_needed" && !mine,
    canBeElectronic: material.e_cert,
    electronic: mine?.how === "electronic_certificate",
  };
}

/** What stands on top of a group of which one is enough; a second group is told apart by its number. */
function groupWord(group: string, groups: readonly string[]): string {
  const at = groups.indexOf(group);
  return at > 0 ? `${text.materials.anyOf} ${at + 1}` : text.materials.anyOf;
}

function noteOf(material: MaterialView, mine: Brought | undefined): string {
  const { materials: words } = text;
  if (mine?.how === "electronic_certificate") return words.asElectronic;
  if (material.state === "here" || material.state === "not_needed") return material.note;
  return [
    material.handling,
    !material.required ? words.optional : material.deferrable ? words.mayFollow : words.mustHave,
    material.e_cert ? words.eCert : "",
    material.state === "problem" ? "" : material.note,
  ]
    .filter(Boolean)
    .join(" · ");
}
