/** A care group as lists of them name it. */
export interface Named {
  code: string;
  name: string;
}
