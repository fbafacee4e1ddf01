using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Scenarios;

/// <summary>Proves claims over all packets of their space, or refutes them with a witness and its trace.</summary>
/// <remarks>
/// The space falls into ways: packets that meet the same rules. Verdict and hitting a rule are the same for all packets
/// of a way; for other conditions <see cref="CellParts"/> cuts it, until one packet speaks for all of a part. What hangs on
/// values that nothing tells (an address picked from a range, a random port) can refute by a packet, or leave the claim
/// undecided. Packets that routing loses are none of those that a claim speaks of.
/// </remarks>
internal sealed class ClaimProver
{
    private readonly ScenarioEnvironment _environment;
    private readonly ImmutableArray<Claim> _claims;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Family, ClaimSearch> _searches = [];

    /// <param name="file">The file, all of whose claims are asked about.</param>
    /// <param name="environment">The rules.</param>
    /// <param name="cancellation">Ends the work.</param>
    public ClaimProver(ScenarioFile file, ScenarioEnvironment environment, CancellationToken cancellation)
    {
        _environment = environment;
        _claims = [.. file.Items.OfType<Claim>()];
        _cancellation = cancellation;
    }

    /// <returns>Without failures where the claim is proved; undecided past a limit, or where a condition can only be tried.</returns>
    public ItemResult Prove(Claim claim)
    {
        var space = claim.Space ?? throw new InvalidOperationException("a claim with an error is not proved");
        string? undecided = null;
        foreach (var family in FamiliesOf(space.Family))
        {
            try
            {
                foreach (var conditions in QuestionsOf(claim))
                {
                    var answer = SearchOf(family).Prove(claim, space, conditions);
                    if (answer.Failure is { } failure)
                    {
                        return new ItemResult(claim, [failure]);
                    }
                    undecided ??= answer.Undecided;
                }
            }
            catch (OutOfStepsException)
            {
                undecided ??= "the search of its space is beyond the limit; a narrower space may be decided";
            }
        }
        return new ItemResult(claim, []) { Undecided = undecided };
    }

    /// <summary>
    /// Conditions to be looked at together: of <c>never</c> all, of <c>always</c> those on a rule each by itself, since a
    /// search follows one rule.
    /// </summary>
    private static IEnumerable<ImmutableArray<Expectation>> QuestionsOf(Claim claim)
    {
        if (claim.IsNever)
        {
            return [claim.Conditions];
        }
        var others = claim.Conditions.Where(c => c.Condition.Rules.IsEmpty).ToImmutableArray();
        return claim.Conditions.Where(c => !c.Condition.Rules.IsEmpty).Select(c => ImmutableArray.Create(c))
            .Concat(others.IsEmpty ? [] : [others]);
    }

    /// <summary>The families that dumps have rules of; that of the space, where it is of one.</summary>
    private IEnumerable<Family> FamiliesOf(Family? family) => family is { } one
        ? [one]
        : _environment.Compilations.SelectMany(c => c.Families).Distinct().Order();

    private ClaimSearch SearchOf(Family family)
    {
        if (!_searches.TryGetValue(family, out var search))
        {
            search = new ClaimSearch(_environment, family, _claims, _cancellation);
            _searches.Add(family, search);
        }
        return search;
    }
}
