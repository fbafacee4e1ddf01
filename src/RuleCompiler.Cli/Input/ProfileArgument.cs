using RuleCompiler.Cli.Output;
using RuleCompiler.Flows;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads the mesh that the user named: one that the compiler knows, or a JSON file.</summary>
internal static class ProfileArgument
{
    /// <summary>The mesh that the user named; null where it is left to the dump.</summary>
    /// <param name="nameOrPath">Null where the user named none.</param>
    /// <param name="session">The run.</param>
    /// <exception cref="CommandFailedException">There is no such profile, or it cannot be read.</exception>
    public static MeshProfile? ReadOrNull(string? nameOrPath, Session session) =>
        nameOrPath is null ? null : Read(nameOrPath, session);

    /// <param name="name">A name, or the path of a file.</param>
    /// <param name="session">The run.</param>
    /// <exception cref="CommandFailedException">There is no such profile, or it cannot be read.</exception>
    public static MeshProfile Read(string name, Session session)
    {
        if (ProfileCatalog.Find(name) is { } known)
        {
            return known;
        }
        if (!File.Exists(name) && name != "-" && !name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailedException(
                $"No profile '{name}'; there are {string.Join(", ", ProfileCatalog.Names)}, and any JSON file"
                + Suggestion.For(name, ProfileCatalog.Names));
        }
        var text = DumpFile.Read(name, session);
        try
        {
            return ProfileReader.Read(text.ToString());
        }
        catch (FormatException e)
        {
            throw new CommandFailedException(
                Problem.OfFile(text.Path, ToolDiagnostics.UnreadableInput, $"No profile: {e.Message}"));
        }
    }
}
