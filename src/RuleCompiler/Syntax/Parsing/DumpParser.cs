using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>
/// Cuts a text at line ends into blocks, reads them in parallel, and puts them together. A block needs to know
/// of what is before it only whether it begins inside a table; nothing else crosses a line end.
/// </summary>
internal static class DumpParser
{
    /// <summary>Large enough that a block's parser costs nothing, small enough to keep all processors busy.</summary>
    public const int DefaultBlockBytes = 256 * 1024;

    /// <param name="text">Any bytes.</param>
    /// <param name="blockBytes">A block ends with the first line that reaches this size; changes nothing in the result.</param>
    /// <param name="maxThreads">How many blocks may be read at once; changes nothing in the result.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static ParsedDump Parse(SourceText text, int blockBytes, int maxThreads, CancellationToken cancellationToken)
    {
        var ranges = Cut(text, blockBytes);
        var blocks = new Block[ranges.Count];
        if (ranges.Count == 1 || maxThreads == 1)
        {
            for (var index = 0; index < blocks.Length; index++)
            {
                blocks[index] = BlockParser.Parse(text, ranges[index], cancellationToken);
            }
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = maxThreads, CancellationToken = cancellationToken };
            Parallel.For(0, blocks.Length, options, index =>
                blocks[index] = BlockParser.Parse(text, ranges[index], cancellationToken));
        }
        return Join(text, blocks);
    }

    private static List<LineRange> Cut(SourceText text, int blockBytes)
    {
        if (InputRecognition.IsBinary(text))
        {
            return [new LineRange(0, text.LineCount, StartsInTable: false) { IsBinary = true }];
        }
        var ranges = new List<LineRange>();
        var first = 0;
        var startsInTable = false;
        var isInTable = false;
        var hasMore = text.Length > blockBytes;
        for (var next = 0; hasMore && next < text.LineCount;)
        {
            var line = DumpLine.At(text, next);
            next += line.LineCount;
            isInTable = line.LeadsIntoTable(isInTable);
            if (next < text.LineCount && text.GetLineStart(next) - text.GetLineStart(first) >= blockBytes)
            {
                ranges.Add(new LineRange(first, next, startsInTable));
                first = next;
                startsInTable = isInTable;
            }
        }
        ranges.Add(new LineRange(first, text.LineCount, startsInTable));
        return ranges;
    }

    private static ParsedDump Join(SourceText text, Block[] blocks)
    {
        var tokenCount = blocks.Sum(block => block.Tokens.Count);
        var kinds = GC.AllocateUninitializedArray<SyntaxKind>(tokenCount + 1);
        var starts = GC.AllocateUninitializedArray<int>(tokenCount + 1);
        var lengths = GC.AllocateUninitializedArray<int>(tokenCount + 1);
        var lines = new ParsedLine[blocks.Sum(block => block.Lines.Count)];
        var diagnostics = new DiagnosticBag();
        var token = 0;
        var line = 0;
        foreach (var block in blocks)
        {
            block.Tokens.CopyTo(kinds, starts, lengths, token);
            foreach (var parsed in block.Lines)
            {
                lines[line++] = parsed with { FirstToken = token + parsed.FirstToken };
            }
            diagnostics.AddRange(block.Diagnostics);
            token += block.Tokens.Count;
        }
        kinds[tokenCount] = SyntaxKind.EndOfFile;
        starts[tokenCount] = text.Length;
        lengths[tokenCount] = 0;
        ImmutableArray<TextSpan> toolWarnings = [.. blocks.SelectMany(block => block.ToolWarnings)];
        var tokens = new TokenTable(text, kinds, starts, lengths, toolWarnings);
        WholeTextProblems.Report(text, tokens, lines, diagnostics);
        return new ParsedDump(tokens, lines, diagnostics.ToImmutable(), toolWarnings);
    }
}
