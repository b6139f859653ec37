import type * as z from 'zod';
import { text } from '../fields.ts';
import { anyCase } from './any-case.ts';
import type { Measured } from './measured.ts';
import { amount } from './words.ts';

/** Cost budgets, in the common schema's context and in the older body. Who made the budget is not read. */
export const budgetShape = {
  BudgetName: text,
  Budget: text,
  BudgetThreshold: text,
  BudgetStartDate: text,
  ThresholdType: text,
  Scope: text,
  SpentAmount: amount,
  SpendingAmount: amount,
  ForecastedTotalForPeriod: amount,
  NotificationThresholdAmount: amount,
  Unit: text,
  SubscriptionName: text,
  SubscriptionId: text,
  ResourceGroup: text,
};

export const budget = anyCase(budgetShape);

export function measuredByBudget(given: z.output<typeof budget>): Measured | undefined {
  if (given === undefined) return undefined;
  const spent = given.SpentAmount ?? given.SpendingAmount;
  const facts = [
    ['ThresholdType', given.ThresholdType],
    ['Budget', given.Budget ?? given.BudgetThreshold],
  ] as const;
  return {
    // A forecast is about what will have been spent.
    value: /^forecast/i.test(given.ThresholdType ?? '') ? (given.ForecastedTotalForPeriod ?? spent) : spent,
    threshold: given.NotificationThresholdAmount,
    unit: given.Unit,
    dimensions: facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    scope: given.Scope,
    rule: given.BudgetName,
  };
}
