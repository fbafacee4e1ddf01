using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints traces as text, a step a line, in colour on a terminal; and the host, where it was inferred.</summary>
internal sealed class TraceTextWriter(ResultOutput output, TraceRequest request, bool usesColor) : ITraceWriter
{
    private bool _isFirst = true;

    public void Start()
    {
        if (request.Host.IsInferred)
        {
            _isFirst = false;
            foreach (var line in HostText.Lines(request.Host))
            {
                WriteLine(line, Ansi.Dim);
            }
        }
    }

    public void Write(ImmutableArray<Trace> outcomes)
    {
        var ruleset = request.Compilation.GetRuleset(outcomes[0].Packet.Family);
        var lines = new TraceText(ruleset).Lines([.. outcomes.Select(request.Shown)]);
        var outcome = 0;
        foreach (var line in lines)
        {
            if (line.Kind == TraceLineKind.Packet)
            {
                StartParagraph();
            }
            WriteLine(line.Text, Color(line.Kind, outcomes[outcome].Verdict));
            if (line.Kind == TraceLineKind.Verdict)
            {
                WriteAnswers(outcomes[outcome++]);
            }
        }
        output.FlushIfFull();
    }

    public void End()
    {
    }

    public void Dispose()
    {
    }

    private void StartParagraph()
    {
        if (!_isFirst)
        {
            output.Buffer.Append((byte)'\n');
        }
        _isFirst = false;
    }

    private void WriteAnswers(Trace trace)
    {
        foreach (var line in request.Answers(trace).SelectMany(answer => answer.Lines()))
        {
            WriteLine($"  why      {DisplayText.Escape(line)}", Ansi.Yellow);
        }
    }

    private void WriteLine(string line, ReadOnlySpan<byte> color)
    {
        output.Buffer.Append(usesColor ? color : []);
        output.Buffer.Append(line);
        output.Buffer.Append(usesColor && !color.IsEmpty ? Ansi.Reset : []);
        output.Buffer.Append((byte)'\n');
    }

    private static ReadOnlySpan<byte> Color(TraceLineKind kind, Verdict verdict) => kind switch
    {
        TraceLineKind.Packet => Ansi.Bold,
        TraceLineKind.PassedRule or TraceLineKind.Pass => Ansi.Dim,
        TraceLineKind.Note => Ansi.Cyan,
        TraceLineKind.Verdict => verdict == Verdict.Accept ? Ansi.Green : Ansi.Red,
        _ => [],
    };
}
