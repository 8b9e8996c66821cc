/**
 * Who sits at the desk and what the screen may show: one state for the whole window.
 *
 * It decides nothing: the desk says whether it is unlocked, this class shows it. Shading hides first and tells the desk
 * then, because it must be done in 100 ms.
 */
import { language } from "../kit/i18n.svelte";
import type { Preferences, Status } from "./calls";
import { changes, clock } from "./changes.svelte";
import { desk, type Refusal } from "./desk";
import { failures } from "./failures.svelte";

/** What is on the screen. */
export type Phase = "starting" | "unfounded" | "locked" | "shaded" | "open";

/** The text sizes there are, in percent. */
export const TEXT_SIZES = [100, 110, 125, 150] as const;

const SHADE_AFTER_MS = 3 * 60_000;
const LOCK_AFTER_MS = 30 * 60_000;
const RETRY_MS = 1_000;
const LOOK_EVERY_MS = 5_000;

class Session {
  /** How the desk stands, as it said last. */
  status = $state.raw<Status>();
  /** How the person at the desk likes the screen. */
  preferences = $state.raw<Preferences>({
    language: "zh",
    theme: "system",
    density: "comfortable",
    text_size: 100,
    facing: false,
  });
  /** A set-up is not over before its recovery code has been put away. */
  isSettingUp = $state(false);
  /** Someone has unlocked the desk and still says who is on duty. */
  isArriving = $state(false);
  #isCovered = $state(false);
  #used_ms = Date.now();
  /** Asked to keep drafts before the screen is locked. */
  #beforeLock = new Set<() => Promise<void>>();

  readonly phase: Phase = $derived.by(() => {
    if (!this.status) return "starting";
    if (!this.status.founded || this.isSettingUp) return "unfounded";
    if (!this.status.unlocked || this.isArriving) return "locked";
    return this.#isCovered || this.status.shaded ? "shaded" : "open";
  });

  /** The person at the desk. */
  readonly actor = $derived(this.status?.actor ?? undefined);

  /** The other of the A/B pair. */
  readonly pair = $derived(
    this.actor?.corner
      ? this.status?.people.find(({ id, corner }) => corner && id !== this.actor?.id)
      : undefined,
  );

  /** Starts the session: asks the desk, listens to it, and watches for an empty chair. */
  start(): () => void {
    const stops = [
      changes.listen(),
      failures.listen(),
      this.#watchChair(),
      desk.onSystemLock(() => void this.lock()),
    ];
    void this.#loadPreferences();
    void this.refresh();
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Asks the desk how it stands. */
  async refresh(): Promise<void> {
    const answer = await desk.call("status", {});
    if (answer.status !== "done") {
      // Without a first answer there is nothing to show; a desk that is still starting answers soon.
      if (!this.status) setTimeout(() => void this.refresh(), RETRY_MS);
      return;
    }
    if (!this.status) failures.putAway();
    const before = this.status?.actor?.id;
    this.status = answer.value;
    clock.set(answer.value.now);
    if (!answer.value.shaded) this.#isCovered = false;
    if (answer.value.actor?.id !== before) await this.#loadPreferences();
  }

  /** Unlocks the desk for a person. */
  async unlock(person: string, password: string): Promise<Refusal | undefined> {
    const answer = await desk.call("unlock", { person, password });
    if (answer.status === "refused") return answer.refusal;
    await this.refresh();
    return undefined;
  }

  /** Hides personal data at once. */
  async shade(): Promise<void> {
    if (this.phase !== "open") return;
    this.#isCovered = true;
    await desk.call("shade", {});
  }

  /** Uncovers the screen by the PIN, or by the password where there is no PIN. */
  async unshade(secret: string): Promise<Refusal | undefined> {
    const isPin = this.status?.has_pin === true && /^\d{6}$/.test(secret);
    const answer = await desk.call("unshade", isPin ? { pin: secret } : { password: secret });
    if (answer.status === "refused") {
      if (answer.refusal.reason !== "failed") await this.refresh();
      return answer.refusal;
    }
    this.#isCovered = false;
    await this.refresh();
    return undefined;
  }

  /** Locks the desk; what is half typed has been kept before. */
  async lock(): Promise<void> {
    if (this.phase !== "open" && this.phase !== "shaded") return;
    this.#isCovered = true;
    await Promise.all([...this.#beforeLock].map((keep) => keep()));
    await desk.call("lock", {});
    await this.refresh();
  }

  /** Says who is at the window today. */
  async setDuty(holds: "me" | "pair" | "both"): Promise<Refusal | undefined> {
    const answer = await desk.call("set_duty", { holds });
    if (answer.status === "refused") return answer.refusal;
    await this.refresh();
    return undefined;
  }

  /** Says whether a resident stands at the counter; home lists are masked then. */
  async setFacing(on: boolean): Promise<void> {
    await desk.call("set_facing", { on });
    await this.refresh();
  }

  /** Keeps something before the screen is locked. Returns the way to stop. */
  onBeforeLock(keep: () => Promise<void>): () => void {
    this.#beforeLock.add(keep);
    return () => this.#beforeLock.delete(keep);
  }

  /** Changes how the screen looks, for this person. */
  async prefer(change: Partial<Preferences>): Promise<void> {
    this.#apply({ ...this.preferences, ...change });
    await desk.call("save_preferences", change);
  }

  /** Makes the text one step larger (`1`) or smaller (`-1`). */
  async stepText(step: 1 | -1): Promise<void> {
    const at = TEXT_SIZES.findIndex((size) => size >= this.preferences.text_size);
    const size = TEXT_SIZES[Math.max(0, at) + step];
    if (size !== undefined) await this.prefer({ text_size: size });
  }

  async #loadPreferences(): Promise<void> {
    const answer = await desk.call("preferences", {});
    if (answer.status === "done") this.#apply(answer.value);
  }

  #apply(preferences: Preferences): void {
    this.preferences = preferences;
    language.speak(preferences.language);
    const { dataset } = document.documentElement;
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    dataset["theme"] = preferences.theme === "system" ? (isDark ? "dark" : "light") : preferences.theme;
    dataset["density"] = preferences.density;
    dataset["text"] = String(preferences.text_size);
  }

  /** Shades after three minutes without a hand on the desk, locks after thirty. */
  #watchChair(): () => void {
    const used = () => {
      this.#used_ms = Date.now();
    };
    const events = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
    for (const event of events) addEventListener(event, used, { capture: true, passive: true });
    const timer = setInterval(() => {
      const idle_ms = Date.now() - this.#used_ms;
      if (idle_ms >= LOCK_AFTER_MS) void this.lock();
      else if (idle_ms >= SHADE_AFTER_MS) void this.shade();
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const event of events) removeEventListener(event, used, { capture: true });
    };
  }
}

/** The session of the window. */
export const session = new Session();
