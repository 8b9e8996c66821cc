/** The desk's list of calls, with the names the shell uses. */
import type { Preference, StatusView } from "../bindings";

export type { Calls, HitKind } from "../bindings";

/** How the desk stands. */
export type Status = StatusView;
/** What a person likes the screen to be. */
export type Preferences = Preference;
