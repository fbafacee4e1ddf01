using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Fuzz;

/// <summary>Takes one input through the whole compiler: parse, bind, compile, format, trace.</summary>
internal sealed class Trial
{
    private const long FreeBytes = 64 << 20;

    private const long BytesPerByte = 64 << 10;

    private static readonly TraceOptions FewOutcomes = new() { MaxOutcomes = 64 };

    private static readonly Packet[] Packets =
    [
        Parse("tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000"),
        Parse("udp 10.0.0.9:53 -> 10.244.1.7:5353 in eth0"),
        Parse("tcp [fd00:244::7]:40000 -> [fd00::9]:443 uid 1337 gid 1337"),
        Parse("icmp 10.0.0.9 -> 10.0.0.1 in eth0 out eth1"),
    ];

    /// <summary>How many inputs compiled without an error.</summary>
    public long CompiledCount { get; private set; }

    /// <summary>How many packets were traced.</summary>
    public long TraceCount { get; private set; }

    /// <returns>What is wrong, in words; null where everything holds.</returns>
    public string? FindBroken(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var broken = FindBrokenLaw(input);
        var used = GC.GetAllocatedBytesForCurrentThread() - before;
        return broken
            ?? (used > FreeBytes + (input.Length * BytesPerByte)
                ? string.Create(CultureInfo.InvariantCulture, $"{used} bytes were taken for {input.Length}")
                : null);
    }

    private string? FindBrokenLaw(byte[] input)
    {
        var text = SourceText.From(input, "<fuzz>");
        var tree = SyntaxTree.Parse(text);
        if (!TreeLaws.IsFaithful(tree))
        {
            return "the tree is not the text";
        }
        var compilation = Compilation.Create(tree);
        foreach (var problem in compilation.Diagnostics)
        {
            if (problem.Location.Span.End > text.Length || problem.ToString().Length == 0)
            {
                return $"a problem lies outside the text: {problem.Id}";
            }
        }
        if (compilation.HasErrors)
        {
            return null;
        }
        CompiledCount++;
        return FormatLaws.FindBroken(compilation) ?? Trace(compilation);
    }

    private string? Trace(Compilation compilation)
    {
        if (compilation.Families.IsEmpty)
        {
            return null;
        }
        var host = HostInference.Infer(compilation);
        foreach (var family in compilation.Families)
        {
            var evaluator = new Evaluator(compilation, family, host);
            foreach (var packet in Packets)
            {
                if (packet.Family == family && Trace(evaluator, packet) is { } broken)
                {
                    return broken;
                }
            }
        }
        return null;
    }

    private string? Trace(Evaluator evaluator, Packet packet)
    {
        try
        {
            var traces = evaluator.Trace(packet, FewOutcomes);
            TraceCount++;
            return traces.IsEmpty ? "a packet has no outcome" : null;
        }
        catch (EvaluationLimitException)
        {
            return null; // said to the user as such
        }
    }

    private static Packet Parse(string text)
    {
        var (packet, _) = PacketExpression.Parse(SourceText.From(text));
        return packet ?? throw new FormatException(text);
    }
}
