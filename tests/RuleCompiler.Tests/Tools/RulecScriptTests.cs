using System.Diagnostics;
using System.Runtime.Versioning;
using NUnit.Framework;

namespace RuleCompiler.Tests.Tools;

/// <summary>
/// <c>tools/rulec</c> in a repository of its own, with a <c>dotnet</c> that takes a moment and publishes a script that
/// says which build it is: when the script builds, when it does not, and what calls at once see.
/// </summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
internal sealed class RulecScriptTests
{
    private const string Dotnet = """
        #!/bin/bash
        echo build >>"$RULEC_TEST_BUILDS"
        echo "noise on standard output"
        grep -q broken "$2/Program.cs" && { echo "error CS1001"; exit 1; }
        while [ "$1" != --output ]; do shift; done
        sleep 0.3
        cat >"$2/rulec" <<END
        #!/bin/bash
        echo "build $(wc -l <"$RULEC_TEST_BUILDS"): \$*: \$PWD: \$(cat)"
        exit 1
        END
        chmod +x "$2/rulec"
        """;

    private string _root = "";

    private string Script => Path.Combine(_root, "tools", "rulec");

    private string Program => Path.Combine(_root, "src", "RuleCompiler.Cli", "Program.cs");

    private string Builds => Path.Combine(_root, "builds.log");

    private int BuildCount => File.Exists(Builds) ? File.ReadLines(Builds).Count() : 0;

    [SetUp]
    public void MakeRepository()
    {
        _root = Path.Combine(Directory.CreateTempSubdirectory("rulec-script-").FullName, "with space");
        foreach (var folder in new[] { "grammar", "src/RuleCompiler.Cli", "tools", "bin" })
        {
            Directory.CreateDirectory(Path.Combine(_root, folder));
        }
        File.Copy(Repository.PathOf("tools/rulec"), Script);
        File.WriteAllText(Program, "return 0;");
        File.WriteAllText(Path.Combine(_root, "global.json"), "{}");
        var dotnet = Path.Combine(_root, "bin", "dotnet");
        File.WriteAllText(dotnet, Dotnet);
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void RemoveRepository() => Directory.Delete(Path.GetDirectoryName(_root) ?? _root, recursive: true);

    [Test]
    public void Passes_arguments_streams_folder_and_exit_code_through()
    {
        var (exitCode, output, errors) = Call(Script, "input", "a b", "c");
        Assert.That(output, Is.EqualTo($"build 1: a b c: {Path.GetDirectoryName(_root)}: input\n"));
        Assert.That(errors, Is.Empty);
        Assert.That(exitCode, Is.EqualTo(1));
    }

    [Test]
    public void Builds_once_while_nothing_changes()
    {
        Call();
        Call();
        Assert.That(BuildCount, Is.EqualTo(1));
    }

    [Test]
    public void Builds_again_for_a_source_that_is_changed_added_removed_or_set_back()
    {
        Call();
        File.AppendAllText(Program, "// more");
        Assert.That(Call().Output, Does.StartWith("build 2:"));

        var added = Path.Combine(_root, "grammar", "New.g4");
        File.WriteAllText(added, "");
        Assert.That(Call().Output, Does.StartWith("build 3:"));

        File.Delete(added);
        Assert.That(Call().Output, Does.StartWith("build 4:"));

        File.SetLastWriteTimeUtc(Program, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(Call().Output, Does.StartWith("build 5:"));
    }

    [Test]
    public void What_a_build_leaves_and_documents_are_no_sources()
    {
        Call();
        Directory.CreateDirectory(Path.Combine(_root, "src", "obj"));
        File.WriteAllText(Path.Combine(_root, "src", "obj", "Made.cs"), "");
        File.WriteAllText(Path.Combine(_root, "grammar", "README.md"), "");
        Call();
        Assert.That(BuildCount, Is.EqualTo(1));
    }

    [Test]
    public void Calls_at_once_share_the_first_build()
    {
        var outputs = new string[4];
        Parallel.For(0, outputs.Length, index => outputs[index] = Call().Output);
        Assert.That(outputs, Is.All.StartsWith("build 1:"));
        Assert.That(BuildCount, Is.EqualTo(1));
    }

    [Test]
    public void Call_through_a_link_finds_the_repository()
    {
        var link = Path.Combine(_root, "link");
        File.CreateSymbolicLink(link, Script);
        Assert.That(Call(link, "").Output, Does.StartWith("build 1:"));
    }

    [Test]
    public void Build_that_fails_is_shown_on_standard_error_and_exits_2()
    {
        Call();
        File.WriteAllText(Program, "broken");
        var (exitCode, output, errors) = Call();
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(errors, Does.Contain("error CS1001").And.Contain("tools/rulec: the tool does not build"));
    }

    private ProcessResult Call(params string[] arguments) => Call(Script, "", arguments);

    private ProcessResult Call(string script, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(script, arguments) { WorkingDirectory = Path.GetDirectoryName(_root) };
        start.Environment["PATH"] = $"{Path.Combine(_root, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["RULEC_TEST_BUILDS"] = Builds;
        return ProcessResult.Of(start, input);
    }
}
