using System.Globalization;
using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>
/// Draws a flow as a picture: from top to bottom who opens each connection, the hooks with the rules that take it, and the
/// listener or receiver that gets it; legs are numbered, and coloured by what becomes of them.
/// </summary>
internal sealed class FlowSvgWriter
{
    private const int Left = 20;
    private const int Spine = 60;
    private const int StepLeft = 130;
    private const int ActorWidth = 250;
    private const int ActorHeight = 40;
    private const int LineHeight = 16;
    private const int ArrowHeight = 44;
    private const int TextWidth = 112;
    private const int RuleWidth = 86;
    private const int ChipGap = 8;

    private readonly SvgCanvas _canvas = new();
    private readonly MeshProfile _profile;
    private readonly DecidingRule _deciding;
    private readonly Flow _flow;
    private readonly int _right;
    private readonly bool _isLoop;
    private int _y = 20;

    private FlowSvgWriter(BoundRuleset ruleset, MeshProfile profile, Flow flow)
    {
        _deciding = new DecidingRule(ruleset);
        _profile = profile;
        _flow = flow;
        _isLoop = flow.Path.EndsWith("> loop", StringComparison.Ordinal);
        _right = SvgCanvas.Width - (_isLoop ? 50 : 20);
    }

    /// <summary>The picture of one flow, a whole file.</summary>
    public static SvgPicture Draw(BoundRuleset ruleset, MeshProfile profile, Flow flow, bool namesFamily)
    {
        var writer = new FlowSvgWriter(ruleset, profile, flow);
        return writer.Draw(namesFamily ? $" ({flow.Family.Name()})" : "");
    }

    private SvgPicture Draw(string family)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"{_flow.Definition.Number}  {_flow.Definition.Name}{family}");
        _canvas.Text(Left, _y + 16, title, "title");
        var status = _flow.Status.Name();
        _canvas.Box(SvgCanvas.Width - Left - 84, _y, 84, 24, $"mark {status}", 12);
        _canvas.Text(SvgCanvas.Width - Left - 42, _y + 16, status, "on small", isCentered: true);
        _y += 34;
        if (_flow.Note is { } note)
        {
            WriteLines(SvgLines.Wrap(note, TextWidth, 4), _flow.Status == FlowStatus.Broken ? "small red" : "small amber");
        }
        _y += 8;
        var tops = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < _flow.Legs.Length; index++)
        {
            var leg = _flow.Legs[index];
            if (index == 0)
            {
                DrawActor(leg.From, "actor");
            }
            DrawLeg(leg, index + 1);
            if (_isLoop && index == _flow.Legs.Length - 1)
            {
                // The last listener is one that the flow has passed: the way leads back up to it.
                _canvas.ReturnArrow(
                    Left + ActorWidth, _y + (ActorHeight / 2), _right + 22, Left + ActorWidth, tops.GetValueOrDefault(leg.To, _y) + (ActorHeight / 2), "fails");
            }
            tops.TryAdd(leg.To, _y);
            DrawActor(leg.To, StyleOf(leg));
        }
        DrawArticle();
        return _canvas.Finish(_y + 16, title, _flow.Path);
    }

    private void DrawLeg(Leg leg, int number)
    {
        var outcome = OutcomeOf(leg);
        _canvas.Arrow(Spine, _y, _y + ArrowHeight, outcome);
        _canvas.Number(Spine, _y + 18, number, outcome);
        _canvas.Text(Spine + 20, _y + 22, PacketExpression.Format(leg.Trace.Packet), "mono dim");
        _y += ArrowHeight;
        var deciding = _deciding.Of(leg.Trace);
        var groups = GroupByHook(leg.Trace);
        for (var index = 0; index < groups.Count; index++)
        {
            if (index > 0)
            {
                _canvas.Arrow(Spine, _y, _y + 20, outcome);
                _y += 20;
            }
            DrawHook(groups[index], deciding);
        }
        _canvas.Arrow(Spine, _y, _y + ArrowHeight, outcome);
        WriteOutcome(leg);
        _y += ArrowHeight;
    }

    private void WriteOutcome(Leg leg)
    {
        var trace = leg.Trace;
        var rewrites = trace.Rewrites.Select(r => $"{r.Kind} to {RewriteText.Describe(r)}");
        var end = trace.Lost is { } lost ? $"lost in {lost}" : trace.Verdict == Verdict.Accept ? null : trace.Verdict.Name();
        var way = trace.Delivery is { Interface: { } device } ? $"{(trace.Delivery.To == "local" ? "delivered" : "leaves")} by {device}" : null;
        var words = rewrites.Append(end).Append(end is null ? way : null).OfType<string>();
        _canvas.Text(Spine + 20, _y + 26, string.Join(", ", words), end is null ? "small strong" : "small strong red");
    }

    /// <summary>A hook with the rules that took the packet there; where none did, that it was passed.</summary>
    private void DrawHook((Hook Hook, int Pass, List<TraceStep> Steps) hook, TraceStep? deciding)
    {
        var texts = hook.Steps.Select(step => SvgLines.Wrap(TextOf(step), RuleWidth, 3)).ToList();
        var height = texts.Count == 0 ? 30 : 12 + texts.Sum(lines => BoxHeight(lines.Count) + 6) - 6;
        _canvas.Box(Left, _y, _right - Left, height, "hook");
        _canvas.Text(Left + 10, _y + 20, hook.Hook.Name(), "strong small");
        if (hook.Pass == 2 && height > 40)
        {
            _canvas.Text(Left + 10, _y + 36, "again, by lo", "dim small");
        }
        if (texts.Count == 0)
        {
            _canvas.Text(StepLeft, _y + 20, "no rule takes it", "dim small");
        }
        var y = _y + 6;
        for (var index = 0; index < texts.Count; index++)
        {
            DrawStep(hook.Steps[index], texts[index], y, ReferenceEquals(hook.Steps[index], deciding));
            y += BoxHeight(texts[index].Count) + 6;
        }
        _y += height;
    }

    private void DrawStep(TraceStep step, List<string> lines, int y, bool isDeciding)
    {
        _canvas.Box(StepLeft, y, _right - StepLeft - 6, BoxHeight(lines.Count), isDeciding ? "deciding" : "step");
        var place = step.Rule is { } number ? string.Create(CultureInfo.InvariantCulture, $"{step.Chain} #{number}") : step.Chain;
        _canvas.Text(StepLeft + 10, y + 17, $"{place}   {step.Table.Name()}{(isDeciding ? ", decides" : "")}", "strong small");
        for (var index = 0; index < lines.Count; index++)
        {
            _canvas.Text(StepLeft + 10, y + 33 + (index * LineHeight), lines[index], "mono");
        }
    }

    private void DrawActor(string name, string style)
    {
        var (owner, port) = Split(name);
        _canvas.Box(Left, _y, ActorWidth, ActorHeight, port is null ? style : style == "ghost" ? style : "proxy", 10);
        _canvas.Text(Left + 14, _y + 25, port is null ? owner : $"{owner}, port {port}", "strong");
        _y += ActorHeight;
    }

    /// <summary>The article's path as a row of chips, those dashed that this dump's path does not have.</summary>
    private void DrawArticle()
    {
        if (_flow.Status is not (FlowStatus.Differs or FlowStatus.Broken) || _flow.Definition.Article is not { } article)
        {
            return;
        }
        _y += 26;
        _canvas.Text(Left, _y, "The article's path; dashed is what this dump does otherwise", "dim small");
        _y += 10;
        var own = _flow.Path.Split(" > ").ToHashSet(StringComparer.Ordinal);
        var x = Left;
        foreach (var part in article.Split(" > "))
        {
            var width = 16 + (part.Length * 7);
            if (x + width > SvgCanvas.Width - Left)
            {
                x = Left;
                _y += 30;
            }
            var isMet = own.Any(p => p == part || p.StartsWith($"{part}#", StringComparison.Ordinal));
            _canvas.Box(x, _y, width, 24, isMet ? "chip" : "missed", 12);
            _canvas.Text(x + (width / 2), _y + 16, part, "mono", isCentered: true);
            x += width + ChipGap;
        }
        _y += 24;
    }

    private void WriteLines(List<string> lines, string style)
    {
        foreach (var line in lines)
        {
            _canvas.Text(Left, _y + 12, line, style);
            _y += LineHeight;
        }
    }

    /// <summary>The hooks of a trace in order, each with what a path shows of it; the last one even where nothing met a rule there.</summary>
    private static List<(Hook Hook, int Pass, List<TraceStep> Steps)> GroupByHook(Trace trace)
    {
        var groups = new List<(Hook Hook, int Pass, List<TraceStep> Steps)>();
        foreach (var step in trace.Steps)
        {
            if (groups.Count == 0 || (groups[^1].Hook, groups[^1].Pass) != (step.Hook, step.Pass))
            {
                groups.Add((step.Hook, step.Pass, []));
            }
            if (FlowPath.IsShown(step) || step is { Rule: null, Target: "DROP" })
            {
                groups[^1].Steps.Add(step);
            }
        }
        if (groups.Count == 0)
        {
            groups.Add((trace.Packet.InInterface is null ? Hook.Output : Hook.Prerouting, 1, []));
        }
        return groups;
    }

    private string TextOf(TraceStep step) => _deciding.Find(step) is { } rule ? RuleComment.Remove(RuleText.Of(rule)) : $"policy {step.Target}";

    private static int BoxHeight(int lineCount) => 26 + (lineCount * LineHeight);

    /// <summary>A listener's name and port; the port null for all others.</summary>
    private (string Owner, string? Port) Split(string name)
    {
        var isListener = Enum.GetValues<CapturePoint>().Any(point => _profile.ListenerName(point) == name);
        var blank = name.LastIndexOf(' ');
        return isListener ? (name[..blank], name[(blank + 1)..]) : (name, null);
    }

    private string OutcomeOf(Leg leg) =>
        leg.Trace is not { Verdict: Verdict.Accept, Lost: null } || (_isLoop && ReferenceEquals(leg, _flow.Legs[^1])) ? "fails"
        : Split(leg.To).Port is not null ? "to-proxy"
        : "arrives";

    private static string StyleOf(Leg leg) => leg.Trace is { Verdict: Verdict.Accept, Lost: null } ? "actor" : "ghost";
}
