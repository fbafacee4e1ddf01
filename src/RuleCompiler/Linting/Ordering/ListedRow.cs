using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>A row of a list that is looked at without one of its rules.</summary>
/// <param name="Tests">Its box.</param>
/// <param name="Role">What it is to the question.</param>
/// <param name="IsCertain">Whether it decides about all packets of its box.</param>
internal readonly record struct ListedRow(TestRange Tests, ListedRole Role, bool IsCertain);
