using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Flows;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec profiles</c>: the meshes that the compiler knows, or all that it knows of one.</summary>
internal sealed class ProfilesCommand : RulecCommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A mesh, or a JSON file to check; without it all are listed",
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "text|json",
        Description = "Text to read (the default), or JSON, each profile as a file for --profile has it",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json");

    public override string Name => "profiles";

    public override string Summary => "Lists the meshes that flows, lint and test know, or tells one of them";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec profiles", "All meshes, a line each"),
        new("rulec profiles kuma", "One of them: who its proxy is, where it listens, which flows it has"),
        new("rulec profiles istio --format json | jq '.profiles[0]' > mine.json", "A file to begin one's own from, for --profile"),
    ];

    public override void Declare(Command command)
    {
        _name.CompletionSources.Add([.. ProfileCatalog.Names]);
        command.Add(_name);
        command.Add(_format);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        ImmutableArray<MeshProfile> profiles = arguments.GetValue(_name) is { } name
            ? [ProfileArgument.Read(name, session)]
            : [.. ProfileCatalog.Names.Select(ProfileCatalog.Find).OfType<MeshProfile>()];
        using var output = ResultOutput.Open(session);
        if (arguments.GetValue(_format) == "json")
        {
            WriteJson(output, profiles);
        }
        else
        {
            foreach (var line in arguments.GetValue(_name) is null ? List(profiles) : ProfileText.Lines(profiles[0]))
            {
                output.Buffer.AppendDisplayed(line);
                output.Buffer.Append((byte)'\n');
            }
        }
        output.Complete();
        return ExitCode.Done;
    }

    private static IEnumerable<string> List(ImmutableArray<MeshProfile> profiles)
    {
        var width = profiles.Max(p => p.Name.Length);
        return profiles.Select(p => $"{p.Name.PadRight(width)}  {ProfileText.Line(p, null)}");
    }

    private static void WriteJson(ResultOutput output, ImmutableArray<MeshProfile> profiles)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Indented);
        JsonEnvelope.WriteStart(json, "rulec.profiles/1", []);
        json.WriteStartArray("profiles"u8);
        foreach (var profile in profiles)
        {
            ProfileJsonWriter.WriteWhole(json, profile);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Buffer.Append((byte)'\n');
    }
}
