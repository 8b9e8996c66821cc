/** What was typed about a new resident, and the input of the call it becomes. */
import type { Input } from "../../../app/desk";

/** What was typed; empty where nothing was. */
export interface Typed {
  name: string;
  reading: string;
  idNumber: string;
  /** The digit of GB/T 2261.1. */
  sex: string;
  birth: string;
  phone: string;
  address: string;
}

/** The input for the desk: without what is empty, and without sex and birth where the number tells them. */
export function inputOf(typed: Typed): Input<"register_resident"> {
  const idNumber = typed.idNumber.trim();
  return {
    name: typed.name.trim(),
    ...given("reading", typed.reading),
    ...given("id_number", idNumber),
    ...(idNumber === "" ? { ...given("sex", typed.sex), ...given("birth", typed.birth) } : {}),
    ...given("phone", typed.phone),
    ...given("address", typed.address),
  };
}

function given<Key extends string>(key: Key, value: string): Partial<Record<Key, string>> {
  const text = value.trim();
  return text === "" ? {} : ({ [key]: text } as Record<Key, string>);
}
