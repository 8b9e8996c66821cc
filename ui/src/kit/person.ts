/** What a card shows of a person. */

/** A person as cards show one. Masked by the desk. */
export interface CardPerson {
  id: string;
  name: string;
  /** The masked ID number. */
  idNumber?: string | null;
  /** "1981-03-07 · 男 · 45岁" */
  born?: string | null;
  /** The masked phone. */
  phone?: string | null;
  address?: string | null;
  tags?: readonly string[];
  /** There are sensitive tags that are not shown here. */
  isRestricted?: boolean;
}
