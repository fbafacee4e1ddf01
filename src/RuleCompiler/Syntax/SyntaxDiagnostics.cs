using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Syntax;

/// <summary>What can be wrong with the shape of a line: <c>IPT1xxx</c>.</summary>
/// <remarks>What iptables-restore does with such a line was tried with version 1.8.9, nft and legacy.</remarks>
internal static class SyntaxDiagnostics
{
    public static DiagnosticDescriptor UnreadableLine { get; } = new("IPT1001", DiagnosticSeverity.Error)
    {
        Title = "Unreadable line",
        Message = "A line of a table cannot begin with '{0}'",
        Explanation = """
            Inside a table a line is a chain declaration (':'), a command ('-A', with or without counters
            before it), a comment ('#'), or COMMIT. Where other text got into a dump, take it out; where
            COMMIT is missing, add it: text behind COMMIT is skipped.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|ACCEPT|] all from 10.0.0.0/8
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -s 10.0.0.0/8 -j ACCEPT
            COMMIT
            """,
    };

    public static DiagnosticDescriptor MissingTableName { get; } = new("IPT1002", DiagnosticSeverity.Error)
    {
        Title = "Missing table name",
        Message = "'*' names no table",
        Explanation = "The name of the table stands behind '*': filter, nat, mangle, raw or security.",
        Example = """
            [|*|]
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
    };

    public static DiagnosticDescriptor MissingChainName { get; } = new("IPT1003", DiagnosticSeverity.Error)
    {
        Title = "Missing chain name",
        Message = "':' names no chain",
        Explanation = "A chain is declared by ':', its name, its policy ('-' for a user chain) and, if wanted, its counters.",
        Example = """
            *filter
            [|:|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
    };

    public static DiagnosticDescriptor MissingPolicy { get; } = new("IPT1004", DiagnosticSeverity.Error)
    {
        Title = "Missing policy",
        Message = "Chain '{0}' is declared without a policy",
        Explanation = "Behind a chain's name stands its policy: ACCEPT or DROP for a base chain, '-' for a user chain.",
        Example = """
            *filter
            :[|INPUT|] [0:0]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
    };

    public static DiagnosticDescriptor UnclosedCounters { get; } = new("IPT1005", DiagnosticSeverity.Error)
    {
        Title = "Unclosed counters",
        Message = "Counters '{0}' have no ']'",
        Explanation = "Before a rule its counters may stand, as [PACKETS:BYTES]. Close the bracket or remove them.",
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|[12:3400|] -A INPUT -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            [12:3400] -A INPUT -j ACCEPT
            COMMIT
            """,
    };

    public static DiagnosticDescriptor BadCounters { get; } = new("IPT1006", DiagnosticSeverity.Warning)
    {
        Title = "Counters that cannot be read",
        Message = "Counters '{0}' are not [PACKETS:BYTES]",
        Explanation = "iptables-restore ignores such counters, and refuses them with -c. They are taken as absent.",
        Example = """
            *filter
            :INPUT ACCEPT [|[0:many]|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
    };

    public static DiagnosticDescriptor MissingCommand { get; } = new("IPT1007", DiagnosticSeverity.Error)
    {
        Title = "Missing command",
        Message = "No command follows '{0}'",
        Explanation = "Counters stand before a rule, on its line. A line that was cut here must be joined with its rest.",
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|[12:3400]|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            [12:3400] -A INPUT -j ACCEPT
            COMMIT
            """,
    };

    public static DiagnosticDescriptor UnclosedQuote { get; } = new("IPT1008", DiagnosticSeverity.Warning)
    {
        Title = "Unclosed quote",
        Message = "A quote that is never closed makes the rest of the line one argument",
        Explanation = """
            iptables-restore says nothing and takes all up to the line's end as the argument: in the example the
            rule loads without its target, and accepts nothing. Close the quote.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -m comment --comment [|"from the office -j ACCEPT|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -m comment --comment "from the office" -j ACCEPT
            COMMIT
            """,
    };

    public static DiagnosticDescriptor DanglingNegation { get; } = new("IPT1009", DiagnosticSeverity.Error)
    {
        Title = "Dangling negation",
        Message = "'!' is followed by nothing that it could negate",
        Explanation = "'!' stands before the option that it negates, once.",
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|!|] ! -i lo -A INPUT -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT ! -i lo -j ACCEPT
            COMMIT
            """,
    };

    public static DiagnosticDescriptor IndentedComment { get; } = new("IPT1010", DiagnosticSeverity.Error)
    {
        Title = "Indented comment",
        Message = "A comment begins in the first column",
        Explanation = "iptables-restore takes '#' for a comment only as the first character of a line, else for an argument.",
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
              [|# the office|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            # the office
            COMMIT
            """,
    };

    public static DiagnosticDescriptor IndentedLine { get; } = new("IPT1011", DiagnosticSeverity.Warning)
    {
        Title = "Indented line",
        Message = "'{0}' is not the first character of its line, so iptables-restore refuses the line",
        Explanation = """
            Only a rule may have blanks before it. The line is read as if it had none, since text that was
            pasted is often indented; but iptables-restore will not load it like this.
            """,
        Example = """
            *filter
              [|:|]INPUT ACCEPT [0:0]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
    };

    public static DiagnosticDescriptor TextBehindCommit { get; } = new("IPT1012", DiagnosticSeverity.Error)
    {
        Title = "Text behind COMMIT",
        Message = "COMMIT stands alone on its line",
        Explanation = "iptables-restore takes the line for a command and refuses it; the table is never loaded.",
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT [|# done|]
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT
            # done
            """,
    };

    public static DiagnosticDescriptor IgnoredText { get; } = new("IPT1013", DiagnosticSeverity.Warning)
    {
        Title = "Ignored text",
        Message = "Text behind the declaration of '{0}' is ignored",
        Explanation = """
            iptables-restore reads the name of a table, or the name, policy and counters of a chain, and
            ignores what else is on the line.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0] [|-j DROP|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
    };

    public static DiagnosticDescriptor LineTooLong { get; } = new("IPT1014", DiagnosticSeverity.Error)
    {
        Title = "Line too long",
        Message = "A line of {0} bytes is longer than 65536",
        Explanation = """
            iptables-restore itself reads lines of at most 10239 bytes. A line this long is most often several
            that lost their line breaks.
            """,
        Example = "*filter\n[|-A INPUT -m comment --comment " + new string('x', 64 * 1024) + "|]\nCOMMIT\n",
        Corrected = "*filter\n-A INPUT -m comment --comment x\nCOMMIT\n",
    };

    public static DiagnosticDescriptor ProgramInTable { get; } = new("IPT1015", DiagnosticSeverity.Error)
    {
        Title = "Program name in a table",
        Message = "A command inside a table is written without '{0}'",
        Explanation = "iptables-restore refuses the line. It is read as if the name of the program were not there.",
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|iptables|] -A INPUT -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -j ACCEPT
            COMMIT
            """,
    };

    public static DiagnosticDescriptor DeclarationOutsideTable { get; } = new("IPT1016", DiagnosticSeverity.Error)
    {
        Title = "Chain declared outside a table",
        Message = "'{0}' belongs to no table: no '*TABLE' line comes before it",
        Explanation = """
            The beginning of the dump is missing, or a COMMIT came too early. Without its '*TABLE' line nobody
            can tell which table was meant.
            """,
        Example = """
            [|:INPUT ACCEPT [0:0]|]
            -A INPUT -i lo -j ACCEPT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -i lo -j ACCEPT
            COMMIT
            """,
    };

    /// <summary>All of them, in the order of their IDs.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnreadableLine, MissingTableName, MissingChainName, MissingPolicy, UnclosedCounters, BadCounters,
        MissingCommand, UnclosedQuote, DanglingNegation, IndentedComment, IndentedLine, TextBehindCommit,
        IgnoredText, LineTooLong, ProgramInTable, DeclarationOutsideTable,
    ];
}
