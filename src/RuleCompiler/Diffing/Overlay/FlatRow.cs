namespace RuleCompiler.Diffing.Overlay;

/// <summary>One box of a rule in a chain's list with its calls written out.</summary>
/// <param name="FirstTest">Index of its first test among those of all rows; they are by dimension.</param>
/// <param name="TestCount">How many.</param>
/// <param name="Guard">What it asks besides that no box says: unknowns, fields that rules change. 0 for nothing.</param>
/// <param name="Action">What it does; the same number in both dumps for the same.</param>
/// <param name="SkipTo">Index of the row to go on with, for a return; -1 for another row.</param>
/// <param name="Ends">Whether the packet leaves the list.</param>
/// <param name="HasHistory">Whether the guard hangs on history.</param>
internal readonly record struct FlatRow(int FirstTest, int TestCount, int Guard, int Action, int SkipTo, bool Ends, bool HasHistory);
