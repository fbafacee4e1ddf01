namespace RuleCompiler.Syntax.Parsing;

/// <summary>
/// Tells the lines of a dump, and command lines, from the text of a log around them. Inside a table every line
/// is the grammar's to read; outside, only what certainly belongs to iptables is.
/// </summary>
internal static class OutsideText
{
    /// <summary>Whether a line outside all tables opens one: <c>*nat</c>, <c>* nat</c>, but not a list's bullet.</summary>
    public static bool IsTableHeader(DumpLine line)
    {
        if (line.Bytes[line.First] != (byte)'*')
        {
            return false;
        }
        var content = line.Content;
        var name = content[1..].TrimStart(" \t"u8);
        return name.IsEmpty || (IsName(name)
            && (content.Length == 1 + name.Length || IsKernelTable(name) || IsDumpLine(line.NextBytes)));
    }

    /// <summary>Whether a line opens one of the kernel's tables, whatever else it says.</summary>
    public static bool IsKernelTableHeader(ReadOnlySpan<byte> line) =>
        line is [(byte)'*', .. var name] && IsKernelTable(new WordReader(name).Next());

    /// <summary>Whether a line declares a chain; outside a table it can only be one that lost its <c>*TABLE</c> line.</summary>
    public static bool IsChainDeclaration(ReadOnlySpan<byte> line)
    {
        var words = new WordReader(line);
        var name = words.Next();
        var policy = words.Next();
        var counters = words.Next();
        return name.Length > 1 && name[0] == (byte)':'
            && (policy.SequenceEqual("ACCEPT"u8) || policy.SequenceEqual("DROP"u8) || policy.SequenceEqual("-"u8))
            && (counters.IsEmpty || LineScanner.IsPair(counters));
    }

    /// <summary>The command of a line: from its program, its counters or its first option on.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where it begins in the line's bytes.</param>
    /// <param name="end">Where it ends in the line's bytes.</param>
    public static bool TryFindCommand(DumpLine line, out int start, out int end)
    {
        start = line.First;
        end = line.Bytes.Length;
        var words = new WordReader(line.Content);
        var word = words.Next();
        if (word[0] == (byte)'#')
        {
            return false;
        }
        if (word[0] is (byte)'-' or (byte)'[')
        {
            return IsCommandOption(LineScanner.IsPair(word) ? words.Next() : word);
        }
        for (var mayStart = true; !word.IsEmpty; word = words.Next())
        {
            if (mayStart && LineScanner.IsProgram(word))
            {
                start = line.First + words.Start;
                return ChangesRules(words);
            }
            var quote = word.IndexOf("=\""u8);
            if (quote > 0 && LineScanner.IsProgram(word[(quote + 2)..]))
            {
                // A field of a structured log: the command ends where the field does.
                start = line.First + words.Start + quote + 2;
                end = start + LengthOfField(line.Bytes[start..]);
                return ChangesRules(words);
            }
            mayStart = EndsPrefix(word);
        }
        return false;
    }

    /// <summary>Up to the quote that ends the field: one behind a backslash is the command's own.</summary>
    private static int LengthOfField(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && text[length] != (byte)'"')
        {
            length += text[length] == (byte)'\\' ? 2 : 1;
        }
        return Math.Min(length, text.Length);
    }

    /// <summary>Whether the words behind a program change rules, as against listing them.</summary>
    private static bool ChangesRules(WordReader words)
    {
        for (var word = words.Next(); !word.IsEmpty; word = words.Next())
        {
            if (IsCommandOption(word) && !word.SequenceEqual("-t"u8) && !word.SequenceEqual("--table"u8))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether a program may follow: <c>+</c> of a shell's trace, <c>$</c> and <c>#</c> of its prompt, <c>command:</c> of a log.</summary>
    private static bool EndsPrefix(ReadOnlySpan<byte> word) =>
        word[^1] is (byte)'+' or (byte)'$' or (byte)'#' or (byte)'>' or (byte)':' || word.SequenceEqual("sudo"u8);

    private static bool IsCommandOption(ReadOnlySpan<byte> word)
    {
        if (word.Length == 2)
        {
            return word[0] == (byte)'-' && "ADIRNPFXZEt"u8.Contains(word[1]);
        }
        return word.SequenceEqual("--append"u8) || word.SequenceEqual("--delete"u8) || word.SequenceEqual("--insert"u8)
            || word.SequenceEqual("--replace"u8) || word.SequenceEqual("--new-chain"u8) || word.SequenceEqual("--new"u8)
            || word.SequenceEqual("--policy"u8) || word.SequenceEqual("--flush"u8) || word.SequenceEqual("--zero"u8)
            || word.SequenceEqual("--delete-chain"u8) || word.SequenceEqual("--rename-chain"u8)
            || word.SequenceEqual("--table"u8);
    }

    /// <summary>Whether a line would be nothing else than one of a dump.</summary>
    private static bool IsDumpLine(ReadOnlySpan<byte> line)
    {
        var words = new WordReader(line);
        var word = words.Next();
        return word.SequenceEqual("COMMIT"u8) || IsCommandOption(LineScanner.IsPair(word) ? words.Next() : word)
            || IsChainDeclaration(line);
    }

    private static bool IsKernelTable(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("filter"u8) || name.SequenceEqual("nat"u8) || name.SequenceEqual("mangle"u8)
        || name.SequenceEqual("raw"u8) || name.SequenceEqual("security"u8);

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var value in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)value) && value is not ((byte)'-' or (byte)'_'))
            {
                return false;
            }
        }
        return char.IsAsciiLetter((char)name[0]);
    }
}
