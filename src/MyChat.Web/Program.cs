using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Ui;
using MyChat.Ui.App;
using MyChat.Web.Browser;

await Script.LoadAsync();
var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<Root>("#app");
builder.Services.AddMyChatUi().AddSingleton<IPlatform>(new BrowserPlatform(new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress) }));
await builder.Build().RunAsync();
