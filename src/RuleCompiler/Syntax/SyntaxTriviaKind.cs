namespace RuleCompiler.Syntax;

/// <summary>What a piece of text between two tokens is.</summary>
public enum SyntaxTriviaKind
{
    /// <summary>Spaces, tabs and carriage returns.</summary>
    Blanks,

    /// <summary>One line feed.</summary>
    LineBreak,

    /// <summary>A line that begins with <c>#</c>, without its line break.</summary>
    Comment,

    /// <summary>A UTF-8 byte-order mark.</summary>
    ByteOrderMark,

    /// <summary>Text before a command on its line, such as a shell's prompt.</summary>
    SkippedText,
}
