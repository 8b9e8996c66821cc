/** The calls of the desk, as the generated list has them, with the names the shell uses. */
import type { Calls as Made, HitKind, StaffView, StatusView } from "../bindings";

/** How the desk stands. */
export type Status = StatusView;
/** A person who works at this desk. */
export type DeskPerson = StaffView;

/** What a person likes the screen to be. */
export interface Preferences {
  language: "zh" | "en";
  theme: "light" | "dark" | "hc" | "system";
  density: "comfortable" | "compact";
  text_size: number;
}

interface Secret {
  name: string;
  password: string;
}

interface Call<Input, Output> {
  input: Input;
  output: Output;
}

type None = Record<string, never>;
interface Reading {
  good: boolean;
  text: string;
}

interface Local {
  found: Call<{ community: string; clerks: Secret[]; supervisor: Secret }, { recovery_code: string }>;
  check_password: Call<
    { password: string; name: string },
    { score: number; ok: boolean; problem?: string | null }
  >;
  unlock: Call<{ person: string; password: string }, StatusView>;
  set_duty: Call<{ holds: "me" | "pair" | "both" }, unknown>;
  set_pin: Call<{ pin: string }, unknown>;
  shade: Call<None, unknown>;
  unshade: Call<{ pin?: string; password?: string }, unknown>;
  lock: Call<None, unknown>;
  set_facing: Call<{ on: boolean }, unknown>;
  reveal: Call<
    { person: string; field: "id_number" | "phone"; reason: string },
    { value: string; seconds: number }
  >;
  check_id: Call<{ text: string; today?: string }, Reading>;
  parse_address: Call<{ text: string }, Reading>;
  check_phone: Call<{ text: string }, Reading>;
  preferences: Call<None, Preferences>;
  save_preferences: Call<Partial<Preferences>, unknown>;
}

/** Every call by its name. */
export type Calls = Made & Omit<Local, keyof Made>;
export type { HitKind };
