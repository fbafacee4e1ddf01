using NUnit.Framework;
using NUnit.Framework.Internal;

namespace RuleCompiler.Tests;

internal sealed class SnapshotTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("rulec-snapshot-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Lies_beside_the_test() => Snapshot.Verify("one\ntwo\n");

    [Test]
    public void Same_text_removes_what_was_received_before()
    {
        var verified = Write("a.verified.txt", "one\ntwo\n");
        var received = Write("a.received.txt", "something else");
        Snapshot.VerifyFile("one\r\ntwo\r\n", verified);
        Assert.That(File.Exists(received), Is.False);
    }

    [Test]
    public void Mismatch_shows_the_differing_lines_and_leaves_what_was_received()
    {
        var verified = Write("a.verified.txt", "one\ntwo\nthree\n");
        var failure = Failure("one\n2\nthree\n", verified);
        Assert.That(failure, Does.Contain("the lines that differ\n- two\n+ 2\n"));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "a.received.txt")), Is.EqualTo("one\n2\nthree\n"));
    }

    [Test]
    public void Text_that_ends_early_is_a_mismatch()
    {
        var verified = Write("a.verified.txt", "one\ntwo");
        Assert.That(Failure("one", verified), Does.Contain("the lines that differ\n- two\n"));
    }

    [Test]
    public void First_snapshot_is_a_mismatch() =>
        Assert.That(Failure("one", Path.Combine(_folder, "new.verified.txt")), Does.Contain("no verified file yet"));

    private static string Failure(string actual, string verifiedPath)
    {
        // Within an isolated context a failure is caught instead of being counted against this test.
        using (new TestExecutionContext.IsolatedContext())
        {
            return Assert.Throws<AssertionException>(() => Snapshot.VerifyFile(actual, verifiedPath)).Message;
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
