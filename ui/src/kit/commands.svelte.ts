/**
 * What can be done now: one registry for the palette, the key hints in the footer, F1, and the keys themselves.
 *
 * A component lists its commands while it lives (`useCommands`). A dialog opens a layer: while it is open, only its own
 * commands and those marked `always` can be run.
 */
import { getContext, onDestroy, setContext } from "svelte";
import { bindingOf, keymap, strokeOf, type Binding, type KeyId } from "./keymap";

/** Something a person can do here. */
export interface Command {
  /** Unique while listed: `window.accept`. */
  id: string;
  /** The words on buttons, hints and in the palette. */
  label: () => string;
  /** Its key in the table. */
  keys?: KeyId;
  /** More words the palette finds it by, such as pinyin. */
  also?: string;
  /** Whether it can be run now; without it, always. */
  when?: () => boolean;
  /** Also while a dialog is open: shade and lock. */
  always?: boolean;
  /** Kept out of the footer's hints. */
  quiet?: boolean;
  run: () => void;
}

interface Listed {
  command: Command;
  layer: number;
}

const LAYER = Symbol("layer of commands");

/** The commands without those a nearer one stands for: the one with the same key, or with the same words. */
export function eachOnce(nearestFirst: readonly Command[]): Command[] {
  const isSame = (one: Command, other: Command) =>
    one.label() === other.label() || (one.keys !== undefined && one.keys === other.keys);
  return nearestFirst.filter((one, at) => !nearestFirst.slice(0, at).some((nearer) => isSame(nearer, one)));
}

class Commands {
  // What the screen follows is set from plain lists: a component that goes away reads state as it was before its
  // successor came, and would take the successor's commands with it.
  #all: readonly Listed[] = [];
  #open: readonly number[] = [0];
  #listed = $state.raw(this.#all);
  #layers = $state.raw(this.#open);
  #nextLayer = 1;

  /** What can be run now, the innermost component's last. */
  readonly runnable: readonly Command[] = $derived(
    this.#listed
      .filter(({ command, layer }) => command.always === true || layer === this.#layers.at(-1))
      .map(({ command }) => command)
      .filter((command) => command.when?.() ?? true),
  );

  /** What can be run now, as lists show it: what is nearest to the person first. */
  readonly nearestFirst: readonly Command[] = $derived.by(() => {
    const reversed = [...this.runnable].reverse();
    const isShells = ({ id }: Command) => id.startsWith("shell.");
    const others = reversed.filter((one) => !isShells(one));
    // What is quiet is found by its words; it does not stand in the way of the rest.
    return [
      ...others.filter(({ quiet }) => !quiet),
      ...this.runnable.filter(isShells),
      ...this.runnable.filter((one) => one.quiet && !isShells(one)),
    ];
  });

  add(commands: readonly Command[], layer: number): () => void {
    const listed = commands.map((command) => ({ command, layer }));
    this.#listed = this.#all = [...this.#all, ...listed];
    return () => {
      this.#listed = this.#all = this.#all.filter((one) => !listed.includes(one));
    };
  }

  /** The command a key means now: the innermost component's. */
  withKey(id: KeyId): Command | undefined {
    return this.runnable.findLast((command) => command.keys === id);
  }

  /** Runs the command of a key; `false` when nobody has it now. */
  run(id: KeyId): boolean {
    const command = this.withKey(id);
    command?.run();
    return command !== undefined;
  }

  openLayer(): number {
    const layer = this.#nextLayer++;
    this.#layers = this.#open = [...this.#open, layer];
    return layer;
  }

  closeLayer(layer: number): void {
    this.#layers = this.#open = this.#open.filter((one) => one !== layer);
  }
}

/** The commands of the screen. */
export const commands = new Commands();

/** Lists commands while the calling component lives. Call it while the component is set up. */
export function useCommands(...list: Command[]): void {
  const layer = getContext<number | undefined>(LAYER) ?? 0;
  onDestroy(commands.add(list, layer));
}

/** Opens a layer while the calling component lives: what lies below is out of reach. */
export function useLayer(): void {
  const layer = commands.openLayer();
  setContext(LAYER, layer);
  onDestroy(() => {
    commands.closeLayer(layer);
  });
}

const bindings: readonly Binding[] = keymap;

/** Runs commands by their keys. Lists and fields come first: what they handled, they have prevented. */
export function listenToKeys(target: Window = window): () => void {
  let begun = "";
  /** The field somebody has typed in since they came to it: there, undo is the text's. */
  let edited: EventTarget | null = null;
  const input = (event: Event) => {
    edited = event.target;
  };
  const leave = () => {
    edited = null;
  };
  const keydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || /^(Control|Alt|Shift|Meta)/.test(event.code)) return;
    const stroke = strokeOf(event);
    const sequence = begun ? `${begun} ${stroke.replace("Alt+", "").replace("Numpad", "Digit")}` : stroke;
    begun = "";
    const startsOne = bindings.some(({ keys }) => keys.some((key) => key.startsWith(`${stroke} `)));
    if (!sequence.includes(" ") && startsOne) {
      begun = stroke;
      event.preventDefault();
      return;
    }
    const binding = bindings.find(({ keys }) => keys.includes(sequence));
    if (!binding || binding.when === "list") return;
    if (binding.when === "outsideEdited" && event.target === edited) return;
    if (commands.run(binding.id as KeyId)) event.preventDefault();
  };
  target.addEventListener("keydown", keydown);
  target.addEventListener("input", input);
  target.addEventListener("focusout", leave);
  return () => {
    target.removeEventListener("keydown", keydown);
    target.removeEventListener("input", input);
    target.removeEventListener("focusout", leave);
  };
}

/** The label of a command, or of its key where nobody has it now. */
export function commandLabel(id: KeyId, inEnglish: boolean): string {
  const binding = bindingOf(id);
  return commands.withKey(id)?.label() ?? (inEnglish ? binding.en : binding.zh);
}
