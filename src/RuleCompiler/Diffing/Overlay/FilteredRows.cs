namespace RuleCompiler.Diffing.Overlay;

/// <summary>The rows of one list that meet a box; they are on the stack of a <see cref="FilteredList"/>.</summary>
/// <param name="First">Where they begin.</param>
/// <param name="Count">How many.</param>
/// <param name="End">What is done to packets that none of them takes.</param>
internal readonly record struct FilteredRows(int First, int Count, int End);
