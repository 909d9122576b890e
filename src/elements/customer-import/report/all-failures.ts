import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import type { FailureList, Receipt, ReceiptFailure } from '../../../model/receipt.ts';

/** A receipt holds the first thousand; the others are asked for, where the backend has a history. */
export async function allFailures(
  adapter: CustomerAdapter,
  receipt: Receipt,
): Promise<readonly ReceiptFailure[]> {
  const { id, failures, skipped, failed } = receipt;
  if (failures.length >= skipped + failed || !adapter.capabilities.history) return failures;
  const all: ReceiptFailure[] = [];
  for (let cursor: string | null = null; ;) {
    const page: FailureList = await adapter.listOperationFailures({
      id,
      limit: 1000,
      ...(cursor === null ? {} : { cursor }),
    });
    all.push(...page.rows);
    cursor = page.next;
    if (cursor === null) return all;
  }
}
