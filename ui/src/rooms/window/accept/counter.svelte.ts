/**
 * The counter: what lies on it, what the desk says about it, and the one action that takes it in.
 *
 * It decides nothing. After every tick the desk is asked, and its answer names what is missing and what is lawful.
 */
import { tick, untrack } from "svelte";
import type { CaseView, Decision, Problem } from "../../../bindings";
import { changes } from "../../../app/changes.svelte";
import { desk, type Refusal } from "../../../app/desk";
import { emptyForm, intakeOf, withBrought, withItem, withPerson, withProblem, type Form } from "./form";
import { inFirstOrder, paperOf, type Answered } from "./rows";

/** The counter of the accept screen. Make it while the component is set up. */
export class Counter {
  form = $state.raw<Form>(emptyForm());
  /** The latest answer, and what it answers. */
  answered = $state.raw<Answered>();
  /** Why the last decision was not taken, or why the desk does not answer. */
  refusal = $state.raw<Refusal>();
  isTakingIn = $state(false);
  #asking: Promise<unknown> = Promise.resolve();
  #order = $state.raw<{ item: string; codes: readonly string[] }>({ item: "", codes: [] });

  readonly view = $derived(this.answered?.view);
  /** The item's papers; none while the answer is still about another item. */
  readonly materials = $derived(
    this.view?.item && this.view.item.code === this.form.item
      ? inFirstOrder(this.#order.codes, this.view.materials)
      : [],
  );
  readonly papers = $derived.by(() => {
    const { answered } = this;
    return answered ? this.materials.map((material) => paperOf(material, answered, this.form.brought)) : [];
  });
  /** What the desk says is lawful for what lies here. */
  readonly lawful = $derived(this.view?.decisions.find(({ preselected }) => preselected)?.decision);

  constructor() {
    $effect(() => {
      // Read, so that it is asked again when something changed.
      const turn = changes.count;
      const { form } = this;
      let isCurrent = !Number.isNaN(turn);
      this.#asking = desk.call("counter", { intake: intakeOf(form) }).then((answer) => {
        if (!isCurrent) return;
        if (answer.status === "refused") {
          this.refusal = answer.refusal;
          return;
        }
        this.answered = { view: answer.value, brought: form.brought };
        this.#keepOrder();
      });
      return () => {
        isCurrent = false;
      };
    });
  }

  /** Waits until the desk has answered about what lies here now, and gives the lawful decision. */
  async settled(): Promise<string | undefined> {
    await tick();
    for (let asking: unknown; asking !== this.#asking;) {
      asking = this.#asking;
      await this.#asking;
    }
    return this.lawful;
  }

  /** Changes a part of the form. */
  change(change: Partial<Form>): void {
    this.form = { ...untrack(() => this.form), ...change };
    this.refusal = undefined;
  }

  choosePerson(person: string | null): void {
    this.change(withPerson(this.form, person));
  }

  chooseItem(item: string | null): void {
    this.change(withItem(this.form, item));
  }

  putTick(material: string, ticked: boolean): void {
    this.change(withBrought(this.form, material, ticked ? "paper" : undefined));
  }

  /** A record in place of the paper, or the paper again. */
  flipElectronic(material: string): void {
    const isOne = this.form.brought.some(
      (one) => one.material === material && one.how === "electronic_certificate",
    );
    this.change(withBrought(this.form, material, isOne ? "paper" : "electronic_certificate"));
  }

  /** What is wrong with a paper; one that is missing is just not here. */
  sayProblem(material: string, problem: Problem | undefined): void {
    if (problem === "missing") {
      this.putTick(material, false);
      return;
    }
    const name = this.materials.find(({ code }) => code === material)?.name ?? "";
    this.change(withProblem(this.form, material, name, problem));
  }

  /** Seals receipt and decision together. The draft goes with it. */
  async takeIn(decision: Decision, draft: string | undefined): Promise<CaseView | undefined> {
    if (this.isTakingIn) return undefined;
    this.isTakingIn = true;
    this.refusal = undefined;
    const isToEnter = decision.decision === "receive" && this.view?.item?.needs_network === true;
    const intake = { ...intakeOf(this.form), ...(isToEnter && { to_enter: true }) };
    const answer = await desk
      .call("take_in", { intake, decision, ...(draft !== undefined && { draft }) })
      .finally(() => (this.isTakingIn = false));
    if (answer.status === "done") return answer.value;
    this.refusal = answer.refusal;
    return undefined;
  }

  #keepOrder(): void {
    const item = this.form.item ?? "";
    const known = this.#order.item === item ? this.#order.codes : [];
    const news = (this.view?.materials ?? []).map(({ code }) => code).filter((code) => !known.includes(code));
    if (news.length > 0 || this.#order.item !== item) this.#order = { item, codes: [...known, ...news] };
  }
}
