namespace RuleCompiler.Linting.Ordering;

/// <summary>What a chain, looked at as a list, says of a rule's removal.</summary>
/// <param name="Kind">What.</param>
/// <param name="Box">Where packets may be treated otherwise.</param>
internal readonly record struct ListAnswer(ListAnswerKind Kind, ulong[]? Box)
{
    public static ListAnswer Alike { get; } = new(ListAnswerKind.Alike, null);

    public static ListAnswer Open { get; } = new(ListAnswerKind.Open, null);
}
