namespace RuleCompiler.Syntax;

/// <summary>What a token is by its shape and place; what it means is the binder's to say.</summary>
public enum SyntaxKind : byte
{
    /// <summary>The <c>*</c> that opens a table.</summary>
    Asterisk,

    /// <summary>The name behind <c>*</c>.</summary>
    TableName,

    /// <summary>The <c>:</c> that declares a chain.</summary>
    Colon,

    /// <summary>The name behind <c>:</c>.</summary>
    ChainName,

    /// <summary>The policy of a declared chain; <c>-</c> for a user chain.</summary>
    Policy,

    /// <summary>Packets and bytes, <c>[12:3400]</c>, in one token.</summary>
    Counters,

    /// <summary>The word <c>COMMIT</c>.</summary>
    CommitKeyword,

    /// <summary>The program of a command line: <c>iptables</c>, <c>/sbin/ip6tables-legacy</c>.</summary>
    Program,

    /// <summary>An unquoted argument of two bytes or more that begins with <c>-</c>.</summary>
    Option,

    /// <summary>The argument <c>!</c>.</summary>
    Bang,

    /// <summary>Any other argument, quoted or not.</summary>
    Argument,

    /// <summary>Text that is no part of a dump, or that the tools ignore.</summary>
    SkippedText,

    /// <summary>The end of the input; empty, its leading trivia are what follows the last line.</summary>
    EndOfFile,
}
