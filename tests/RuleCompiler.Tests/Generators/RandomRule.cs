namespace RuleCompiler.Tests.Generators;

/// <summary>Draws one rule: matches that go together, then a target that may stand there.</summary>
/// <param name="draw">The choices.</param>
/// <param name="host">Where values come from.</param>
/// <param name="isSparing">Few conditions, so that packets get far.</param>
internal sealed class RandomRule(Draw draw, RandomHost host, bool isSparing)
{
    private readonly RandomTarget _target = new(draw, host);
    private readonly RandomMatch _match = new(draw, host, isSparing);

    /// <summary>One rule.</summary>
    /// <param name="chain">Where it will stand.</param>
    /// <param name="callees">The chains it may jump to.</param>
    /// <returns>The text behind <c>-A CHAIN</c>, with a blank before it where there is any.</returns>
    public string Text(RandomChain chain, IReadOnlyList<RandomChain> callees)
    {
        var words = new List<string>();
        var protocol = _match.Protocol();
        words.AddRange(_match.Addresses());
        words.AddRange(_match.Interfaces(chain));
        if (protocol.Length > 0 && draw.Chance(7))
        {
            words.Add($"! -p {protocol}");
            protocol = "";
        }
        else if (protocol.Length > 0)
        {
            words.Add($"-p {protocol}");
            words.AddRange(_match.OfProtocol(protocol));
        }

        var extras = isSparing ? draw.Pick(0, 0, 1) : draw.Pick(0, 0, 1, 1, 2);
        for (var count = 0; count < extras; count++)
        {
            words.Add(_match.Extension(chain, protocol));
        }

        words.Add(_target.Text(chain, callees, protocol));
        return string.Concat(words.Where(word => word.Length > 0).Select(word => ' ' + Respell(word)));
    }

    /// <summary>Now and then another of the names that iptables has for an option.</summary>
    private string Respell(string words) => draw.Chance(85)
        ? words
        : string.Join(' ', words.Split(' ').Select(word => word switch
        {
            "-s" => draw.Pick("--source", "--src"),
            "-d" => draw.Pick("--destination", "--dst"),
            "-i" => "--in-interface",
            "-o" => "--out-interface",
            "-p" => draw.Pick("--protocol", "--proto"),
            "-m" => "--match",
            "-j" => "--jump",
            "-g" => "--goto",
            "--dport" => "--destination-port",
            "--sport" => "--source-port",
            "--dports" => "--destination-ports",
            _ => word,
        }));
}
