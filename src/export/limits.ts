/** A sheet ends there, its header included. https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3 */
export const mostSheetRows = 1_048_576;
export const mostCellCharacters = 32_767;

/** Bytes up to which a file is kept in memory, where the browser gives no storage: a million customers or so. */
export const mostInMemory = 128 * 1024 * 1024;
