using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Packets;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>A scenario or claim while its statements are read.</summary>
internal sealed class ItemDraft(StatementSyntax heading, SourceText text, ConditionBinder conditions, DiagnosticBag diagnostics)
{
    private readonly ImmutableArray<Packet>.Builder _packets = ImmutableArray.CreateBuilder<Packet>();
    private readonly ImmutableArray<Expectation>.Builder _expectations = ImmutableArray.CreateBuilder<Expectation>();
    private StatementSyntax? _flows;
    private StatementSyntax? _snapshot;
    private StatementSyntax? _space;
    private SpaceExpression? _packetsOfClaim;
    private bool _hasErrors;

    private bool IsClaim => heading.Kind != StatementKind.Scenario;

    public void Add(StatementSyntax statement)
    {
        var isOfClaim = statement.Kind is StatementKind.Space or StatementKind.Condition;
        if (isOfClaim != IsClaim)
        {
            var advice = statement.Kind switch
            {
                StatementKind.Condition => "in a scenario without 'expect'",
                StatementKind.Expect => "in a claim: its conditions stand alone",
                _ => IsClaim ? "in a claim" : "in a scenario",
            };
            Refuse(ScenarioDiagnostics.MisplacedStatement, statement.Keyword, advice);
            return;
        }
        switch (statement.Kind)
        {
            case StatementKind.Packet:
                AddPacket(statement);
                break;
            case StatementKind.Space:
                SetOnce(ref _space, statement);
                ReadSpace(statement);
                break;
            case StatementKind.Flows:
                SetOnce(ref _flows, statement);
                break;
            case StatementKind.Snapshot:
                SetOnce(ref _snapshot, statement);
                break;
            default:
                AddCondition(statement);
                break;
        }
    }

    /// <summary>The scenario or claim.</summary>
    /// <param name="isComplete">Whether every line was read, so that what is missing is truly so.</param>
    /// <returns>Null where it has no name, or errors that leave nothing to run.</returns>
    public ScenarioItem? Finish(bool isComplete)
    {
        if (heading.Words is not [var name, ..])
        {
            return null;
        }
        if (isComplete && !_hasErrors && WhatIsMissing() is { } missing)
        {
            Refuse(ScenarioDiagnostics.MissingPart, name, missing);
        }
        if (!IsClaim)
        {
            return new Scenario(name)
            {
                Packets = _packets.DrainToImmutable(),
                PlaysFlows = _flows is not null,
                Expectations = _expectations.DrainToImmutable(),
                Snapshot = _snapshot?.Keyword.Span,
            };
        }
        return new Claim(
            name, heading.Kind == StatementKind.Never, _packetsOfClaim, _expectations.DrainToImmutable());
    }

    private string? WhatIsMissing() => IsClaim
        ? _space is null ? "space" : _expectations.Count == 0 ? "condition" : null
        : _packets.Count == 0 && _flows is null ? "packet"
        : _expectations.Count == 0 && _snapshot is null ? "'expect' and no 'snapshot'"
        : null;

    private void AddPacket(StatementSyntax statement)
    {
        if (_flows is not null)
        {
            Refuse(ScenarioDiagnostics.MisplacedStatement, statement.Keyword, "beside 'flows'");
            return;
        }
        var (packet, problems) = PacketExpression.Parse(text, statement.Expression);
        diagnostics.AddRange(problems);
        if (packet is null)
        {
            _hasErrors = true;
            return;
        }
        _packets.Add(packet);
    }

    private void ReadSpace(StatementSyntax statement)
    {
        var (space, problems) = SpaceExpression.Parse(text, statement.Expression);
        diagnostics.AddRange(problems);
        _hasErrors |= space is null;
        _packetsOfClaim ??= space;
    }

    private void AddCondition(StatementSyntax statement)
    {
        if (statement.Condition is not { } syntax || conditions.Bind(syntax) is not { } condition)
        {
            _hasErrors = true;
        }
        else if (IsClaim && syntax.Keyword.Text == "path")
        {
            Refuse(ScenarioDiagnostics.MisplacedStatement, syntax.Keyword, "in a claim");
        }
        else
        {
            _expectations.Add(new Expectation(condition, statement.IsMaybe, syntax.Span));
        }
    }

    private void SetOnce(ref StatementSyntax? place, StatementSyntax statement)
    {
        if (place is not null)
        {
            Refuse(ScenarioDiagnostics.RepeatedStatement, statement.Keyword);
        }
        else if (statement.Kind == StatementKind.Flows && _packets.Count > 0)
        {
            Refuse(ScenarioDiagnostics.MisplacedStatement, statement.Keyword, "beside packets");
        }
        else
        {
            place = statement;
        }
    }

    private void Refuse(DiagnosticDescriptor descriptor, Word word, params ReadOnlySpan<string> more)
    {
        _hasErrors = true;
        diagnostics.Report(descriptor.At(new Location(text, word.Span), [word.Text, .. more]));
    }
}
