namespace RuleCompiler.Syntax.Parsing;

/// <summary>What kind of line the parser found.</summary>
internal enum LineKind : byte
{
    Command,
    ChainDeclaration,
    TableHeader,
    Commit,

    /// <summary>A line of a table that has an error.</summary>
    Unreadable,

    /// <summary>Text that is no part of a dump.</summary>
    Outside,
}
