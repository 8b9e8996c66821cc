/** The papers a checklist shows. */

/** A paper of the list. */
export interface Paper {
  id: string;
  name: string;
  /** What is asked for: "原件 1". */
  need: string;
  /** What else to know: "不可容缺 · Ctrl+P 空表". */
  note?: string | undefined;
  /** Already with us, and reusable: shown below. */
  held?: boolean;
  ticked: boolean;
  /** The reason it cannot be used. */
  problem?: string | undefined;
  /** The words over papers of which any one is enough: "三选一". They stand together. */
  group?: string | undefined;
  /** Another one of its group is here. */
  notNeeded?: boolean;
  /** It came as an electronic certificate. */
  electronic?: boolean;
  /** It may come as an electronic certificate. */
  canBeElectronic?: boolean;
}

/** A reason why a paper cannot be used. */
export interface Reason {
  id: string;
  label: string;
}
