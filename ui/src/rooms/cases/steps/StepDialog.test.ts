import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { ActionView, CaseView } from "../../../bindings";
import { desk, type Answer } from "../../../app/desk";
import StepDialog from "./StepDialog.svelte";

const view = {
  case: "0".repeat(32),
  number: "XM261124A00073",
  seen: { epoch: 0, number: 0, seq: 7 },
  state: "accepted",
  state_text: "已受理",
  title: "居住证申领",
  applicant: { person: null, name: "陈喆", id_masked: "" },
  materials: [],
  listed: [],
  owed: [],
  timeline: [],
  actions: [],
} as unknown as CaseView;

const pause: ActionView = {
  call: "pause_case",
  step: "pause",
  label: "挂起",
  primary: true,
  asks: [
    {
      field: "procedure",
      kind: "choice",
      label: "程序",
      required: true,
      choices: [
        { value: "publicity", label: "公示" },
        { value: "hearing", label: "听证" },
      ],
      value: "",
    },
    { field: "expected_days", kind: "number", label: "预计天数", required: true, choices: [], value: "" },
  ],
};

const asked: { name: string; input: unknown }[] = [];
let answers: Record<string, Answer<unknown>> = {};

beforeEach(() => {
  asked.length = 0;
  answers = {};
  vi.spyOn(desk, "call").mockImplementation((name: string, input: unknown) => {
    asked.push({ name, input });
    return Promise.resolve((answers[name] ?? { status: "done", value: {} }) as never);
  });
});

function open(typed?: Record<string, string>) {
  const ondone = vi.fn<(done: CaseView) => void>();
  render(StepDialog, { view, action: pause, typed, onclose: () => undefined, ondone });
  return ondone;
}

const run = () => fireEvent.click(screen.getByRole("button", { name: /挂起/, hidden: true }));
const sent = () => asked.filter(({ name }) => name === "pause_case").map(({ input }) => input);

test("a step is sent with the case as it was shown", async () => {
  answers["pause_case"] = { status: "done", value: view };
  const ondone = open({ procedure: "publicity", expected_days: "7" });
  await run();
  await vi.waitFor(() => expect(ondone).toHaveBeenCalledOnce());
  expect(sent()).toEqual([{ case: view.case, seen: view.seen, procedure: "publicity", expected_days: 7 }]);
});

test("nothing is sent before every question that needs an answer has one", async () => {
  open();
  await run();
  expect(await screen.findByText("还有 2 处要改")).toBeDefined();
  expect(sent()).toEqual([]);
});

test("a refusal stands in the form, and leads to its field", async () => {
  answers["pause_case"] = {
    status: "refused",
    refusal: { reason: "field_missing", text: "天数要写整数。已填内容都在。", field: "expected_days" },
  };
  const ondone = open({ procedure: "publicity", expected_days: "7" });
  await run();
  const link = await screen.findByRole("link", { name: "天数要写整数。已填内容都在。", hidden: true });
  expect(link.getAttribute("href")).toBe("#field-expected_days");
  expect(ondone).not.toHaveBeenCalled();
});

test("when somebody was faster, what they did stands beside what was typed, and can be built on", async () => {
  answers["pause_case"] = { status: "refused", refusal: { reason: "stale", text: "李强已转办此件。" } };
  const news = { time: "11-24 10:50", text: "转办", who: "李强", station: "2号台" };
  const fresh = { ...view, seen: { ...view.seen, seq: 9 }, timeline: [news], actions: [pause] };
  answers["case"] = { status: "done", value: fresh };
  open({ procedure: "publicity", expected_days: "7" });
  await run();
  await fireEvent.click(await screen.findByRole("button", { name: "打开对照", hidden: true }));
  expect(await screen.findByText("11-24 10:50 转办 李强 2号台")).toBeDefined();

  answers["pause_case"] = { status: "done", value: fresh };
  await fireEvent.click(screen.getByRole("button", { name: "按现在的办件接着填", hidden: true }));
  await run();
  await vi.waitFor(() => expect(sent()).toHaveLength(2));
  expect(sent()[1]).toMatchObject({ seen: { seq: 9 }, procedure: "publicity" });
});
