import { commands, type Person } from "../../platform";

/** How many the quick search gives; a full answer may have been cut. */
const QUICK = 20;
const MANY = 500;

/** People whom a text may mean. In a large stage whoever belongs to this room must not be lost behind twenty others. */
export async function findPeople(stage: string, wanted: string): Promise<Person[]> {
  const quick = await commands.findPeople(stage, wanted);
  return quick.length < QUICK ? quick : (await commands.people(stage, wanted, 0, MANY)).rows;
}
